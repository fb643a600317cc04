"""The model out of the box, for a hub that holds too little to learn from.

It was learned from 100,000 invented people (`python -m bench.linking --default`), so it
holds nothing of anyone: chances of agreement, and how common the characters of names, ethnic groups
and parties are.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from hub.linking.model import Model, load

FILE = Path(__file__).parents[2] / "data" / "linking" / "default_model.json"


@lru_cache
def default_model() -> Model:
    """The model out of the box."""
    return load(FILE.read_bytes())
