"""Reports in from files: told apart by their content, foreign tables matched against the form by their labels."""
