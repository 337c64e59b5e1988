"""Speed figures as ratios; run by hand: dev.py bench."""
