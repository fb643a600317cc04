from __future__ import annotations

import pytest

from hub.database import Database
from hub.divisions import DivisionIndex
from tests.hub.pushing import Hub


@pytest.fixture
async def hub(store: Database, divisions: DivisionIndex) -> Hub:
    """A hub with three systems that push."""
    hub = Hub(store, divisions)
    await hub.add_systems()
    return hub
