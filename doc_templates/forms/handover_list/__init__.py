"""Danh sách ký nhận: certificates and prize money, each signed for."""
