"""Windows beside the main one; none of them blocks it (messages.py holds those that do)."""
