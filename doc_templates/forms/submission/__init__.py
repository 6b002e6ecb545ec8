"""Tờ trình: a unit asks the body above it to decide, with the list of whom it is about."""
