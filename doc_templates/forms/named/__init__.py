"""Any paper with the name of its kind above the abstract: Báo cáo, Thông báo, Hướng dẫn …"""
