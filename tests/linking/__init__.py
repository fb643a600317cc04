"""Linking people: forms, pairs, weights, groups."""
