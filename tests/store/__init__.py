"""Tests of the ledger file."""
