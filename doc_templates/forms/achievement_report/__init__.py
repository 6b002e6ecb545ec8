"""Báo cáo thành tích: one nominee tells, the head of the unit confirms."""
