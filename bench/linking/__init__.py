"""Measurements of the linking: own sets, the practice set, febrl4, and whole loads of the hub."""
