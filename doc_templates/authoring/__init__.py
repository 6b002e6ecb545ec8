"""Draws the templates: a blank official page and the blocks that stand on it."""
