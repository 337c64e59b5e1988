"""Tests of reading what arrives."""
