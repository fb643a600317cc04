"""Linking anew over all records, and the stewards' queue of doubtful pairs."""
