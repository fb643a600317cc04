"""Divisions: their history, how they are found, and what days count in them by law."""
