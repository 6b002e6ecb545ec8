"""Biên bản: what a meeting found, signed by its secretary and its chair."""
