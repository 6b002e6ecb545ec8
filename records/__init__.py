"""What the office keeps, and the rules it keeps by."""
