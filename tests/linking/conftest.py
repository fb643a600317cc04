"""A small generated set of records with the truth."""

from __future__ import annotations

import pytest

from bench.linking.generator.write import write_set
from bench.linking.sets import Known, read_set


@pytest.fixture(scope="session")
def known(tmp_path_factory: pytest.TempPathFactory) -> Known:
    """The records of 2,000 invented people."""
    folder = tmp_path_factory.mktemp("set")
    write_set(folder, 2_000, seed=7)
    return read_set(folder)
