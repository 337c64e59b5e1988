"""Everything the program promises, as tests."""
