"""What happens when the clerk presses the button."""
