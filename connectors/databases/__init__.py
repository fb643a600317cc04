"""Databases: engines that only read, the statements that they are asked, what their errors mean."""

from connectors.databases.errors import classed
from connectors.databases.statements import (
    RowSource,
    changed_since,
    one_of,
    open_engine,
    schema_and_name,
)

__all__ = ["RowSource", "changed_since", "classed", "one_of", "open_engine", "schema_and_name"]
