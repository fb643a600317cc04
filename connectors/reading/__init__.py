"""What every connector is to the rest of the hub, and what reading a source has in common.

It lends the protocol of connectors and how a kind of them is declared, the rows that they hand
over, trying again, and reading beside the event loop.
"""

from connectors.reading.exact import exact_json
from connectors.reading.kind import KindOfSystem
from connectors.reading.protocol import (
    BATCH,
    LONGEST_CELL,
    SHOWN,
    BadRow,
    Batch,
    Connector,
    Row,
    bad_row,
    check_columns,
)
from connectors.reading.retry import Throttled, TooSlow, with_retries
from connectors.reading.rows import check_keys, in_batches, json_row, page_rows
from connectors.reading.threads import in_thread

__all__ = [
    "BATCH",
    "LONGEST_CELL",
    "SHOWN",
    "BadRow",
    "Batch",
    "Connector",
    "KindOfSystem",
    "Row",
    "Throttled",
    "TooSlow",
    "bad_row",
    "check_columns",
    "check_keys",
    "exact_json",
    "in_batches",
    "in_thread",
    "json_row",
    "page_rows",
    "with_retries",
]
