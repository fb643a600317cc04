"""Invented people and what four levels' systems write down about them, with the truth."""
