"""Lays a paper out: blocks with effective properties in, pages of placed things out."""
