"""Tests of whole jobs, headless and in a real window."""
