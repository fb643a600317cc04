"""Runs: syncs, pushes, live look-ups, jobs, and the systems that they are of."""
