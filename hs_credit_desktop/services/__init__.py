"""One use case is one function and one transaction; a command returns what it changed."""
