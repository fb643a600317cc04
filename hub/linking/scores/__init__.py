"""Scores of pairs and groups out of them. No input, no output."""
