"""When a system is due, by the `schedule` of its manifest."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from croniter import croniter

from hub.values import SHANGHAI


def is_schedule(text: str) -> bool:
    """Whether `text` is a schedule: five fields of cron."""
    return len(text.split()) == 5 and croniter.is_valid(text)


def due(manifests: Mapping[str, Mapping[str, object]], timestamp: int) -> list[str]:
    """The systems whose schedule holds in the minute of `timestamp`, in the time of Shanghai."""
    minute = datetime.fromtimestamp(timestamp, SHANGHAI)
    return [
        code
        for code, manifest in manifests.items()
        if manifest.get("schedule") and croniter.match(str(manifest["schedule"]), minute)
    ]
