"""Safety figures: long campaigns, run by hand; each has a short form in the test suite."""
