"""Linking anew over all records, and the stewards' queue of doubtful pairs."""

from hub.passes.queue import explain_pair, refresh, refresh_when_due

__all__ = [
    "explain_pair",
    "refresh",
    "refresh_when_due",
]
