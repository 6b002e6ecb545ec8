"""Bìa bài viết: an article for the contest, who wrote it, whom it tells of (S4)."""
