"""The only SQL: functions take a Ledger and return domain dataclasses."""
