"""The face for clerks: Vietnamese pages in a browser."""
