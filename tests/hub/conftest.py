from __future__ import annotations

import pytest

from hub.divisions.index import DivisionIndex
from hub.store.database import Database
from tests.hub.pushing import Hub


@pytest.fixture
async def hub(store: Database, divisions: DivisionIndex) -> Hub:
    """A hub with three systems that push."""
    hub = Hub(store, divisions)
    await hub.add_systems()
    return hub
