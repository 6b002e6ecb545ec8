"""The face for other systems: JSON over HTTP under /api/v1."""
