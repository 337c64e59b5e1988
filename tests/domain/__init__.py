"""Tests of the counting rules."""
