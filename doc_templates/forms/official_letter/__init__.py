"""Công văn: a letter of one body to others, with V/v under its symbol."""
