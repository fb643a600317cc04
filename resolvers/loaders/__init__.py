"""Answers that the executor asks for: rows in batches, live records."""
