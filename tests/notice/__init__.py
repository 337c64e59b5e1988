"""Tests of reading a notice."""
