"""Measurements of the hub beside its peers, run by `make bench`."""
