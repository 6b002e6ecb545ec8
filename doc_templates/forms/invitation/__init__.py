"""Giấy mời: who is invited, to what, when and where."""
