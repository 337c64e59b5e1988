"""Tests of what the office publishes."""
