"""Reads a Word file as any other program would: bytes in, a paper with effective properties out."""
