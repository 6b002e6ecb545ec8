"""What comes in: text from forms, JSON and files, made into entries or into a list of faults."""
