"""Fills the databases of the systems that are read by SQL.

The tables have the shape of the products' MySQL tables: flags as text, states as small numbers,
days as Unix time stamps, lists in one column.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import psycopg
from psycopg import sql
from sqlalchemy import make_url

from demo.tables import Row, Tables


def fill_database(server: str, name: str, tables: Tables) -> str:
    """Put `tables` into the database `name` of the server of the URL `server`; gives its URL.

    The database is made where it is not there; its tables are made anew.
    """
    make_database(server, name)
    url = make_url(server).set(database=name)
    with psycopg.connect(url.render_as_string(hide_password=False)) as connection:
        for table, rows in tables.items():
            fill_table(connection, table, rows)
    return url.set(drivername="postgresql+psycopg").render_as_string(hide_password=False)


def make_database(server: str, name: str) -> None:
    """Make the database where it is not there."""
    with psycopg.connect(server, autocommit=True) as connection:
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if known.fetchone() is None:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))


def fill_table(
    connection: psycopg.Connection[tuple[object, ...]], name: str, rows: Sequence[Row]
) -> None:
    """Make one table and copy its rows into it."""
    columns = list(dict.fromkeys(column for row in rows for column in row))
    table = sql.Identifier(name)
    connection.execute(sql.SQL("DROP TABLE IF EXISTS {}").format(table))
    declared = sql.SQL(", ").join(declare(column, rows) for column in columns)
    connection.execute(sql.SQL("CREATE TABLE {} ({})").format(table, declared))
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    copying = sql.SQL("COPY {} ({}) FROM STDIN").format(table, names)
    with connection.cursor() as cursor, cursor.copy(copying) as copy:
        for row in rows:
            copy.write_row([row.get(column) for column in columns])


def declare(column: str, rows: Iterable[Row]) -> sql.Composed:
    """A column with the type of its values."""
    values = (row.get(column) for row in rows)
    first = next((value for value in values if value is not None), None)
    kind = sql.SQL("bigint" if isinstance(first, int) else "varchar")
    return sql.SQL("{} {}").format(sql.Identifier(column), kind)
