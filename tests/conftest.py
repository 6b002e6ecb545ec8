"""Shared fixtures and the check of what this machine can run."""

import hypothesis  # noqa: F401  loaded first: CPython before 3.11.8 crashes at exit when it comes late
