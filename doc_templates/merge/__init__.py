"""Fills a Word template with plain values."""
