"""Bản trích ngang thành tích: who did what, on one wide table, confirmed by the unit's head."""
