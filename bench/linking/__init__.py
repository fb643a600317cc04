"""Measurements of the linking: own sets, the practice set, febrl4, and Splink beside them."""
