"""What the project measures; see README.md for the figures."""
