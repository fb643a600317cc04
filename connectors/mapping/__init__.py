"""Rows into records."""
