"""The face for the terminal."""
