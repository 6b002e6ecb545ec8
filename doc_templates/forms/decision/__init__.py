"""Quyết định khen thưởng: who is awarded what, with the annexed Danh sách."""
