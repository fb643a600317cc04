"""Chance that falls the same way in every run."""

from __future__ import annotations

from random import Random

SEED = "congress-2025"


def chance(subject: str) -> Random:
    """A source of chance of its own for each subject, so that one does not disturb the others."""
    return Random(f"{SEED}-{subject}")  # noqa: S311  # nothing here has to be unguessable
