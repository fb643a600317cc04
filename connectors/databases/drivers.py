"""What drivers are told, so that every value of a table can be read: days without end, bits."""

from __future__ import annotations

from typing import Any

import psycopg
from psycopg.types.datetime import DateLoader, TimestampLoader, TimestamptzLoader
from pymysql.constants import FIELD_TYPE
from pymysql.converters import conversions
from sqlalchemy import Engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

BITS_AS_NUMBERS = {**conversions, FIELD_TYPE.BIT: int.from_bytes}
"""How PyMySQL reads each type; a field of bits as a number, and not as bytes."""


class DateOrText(DateLoader):
    """A date; `infinity` and days before the year 1 as PostgreSQL writes them."""

    def load(self, data: Any) -> Any:
        """The value of a date, or its text."""
        return _or_text(super().load, data)


class TimestampOrText(TimestampLoader):
    """As DateOrText, of a timestamp."""

    def load(self, data: Any) -> Any:
        """The value of a timestamp, or its text."""
        return _or_text(super().load, data)


class TimestamptzOrText(TimestamptzLoader):
    """As DateOrText, of a timestamp with time zone."""

    def load(self, data: Any) -> Any:
        """The value of a timestamp, or its text."""
        return _or_text(super().load, data)


def _or_text(load: Any, data: Any) -> object:
    try:
        return load(data)
    except psycopg.DataError:
        return bytes(data).decode()


LOADERS = {
    "date": DateOrText,
    "timestamp": TimestampOrText,
    "timestamptz": TimestamptzOrText,
}


def read_every_value(engine: Engine) -> None:
    """Have the connections of `engine` give a value for whatever a column may hold."""
    if engine.dialect.driver == "pymysql":
        event.listen(engine, "do_connect", _convert_bits)
    if engine.dialect.driver == "psycopg":
        event.listen(engine, "connect", _load_all_days)


def _convert_bits(
    dialect: Any, record: ConnectionPoolEntry, args: list[Any], options: dict[str, Any]
) -> None:
    options.setdefault("conv", BITS_AS_NUMBERS)


def _load_all_days(connection: DBAPIConnection, record: ConnectionPoolEntry) -> None:
    adapters = getattr(connection, "adapters")  # noqa: B009  psycopg's, which the type lacks
    for name, loader in LOADERS.items():
        adapters.register_loader(name, loader)
