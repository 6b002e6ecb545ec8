"""What happens, step by step; every transaction begins and ends here."""
