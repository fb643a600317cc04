"""PostgreSQL: connections, migrations, COPY, pipelined writes, processes that open the store."""

from hub.store.copying import Packed, copy_rows, packed, packed_rows
from hub.store.database import Database, Driver, database_url, open_database
from hub.store.failures import LOST, known_failure
from hub.store.forked import Failed, answering, forked, receive
from hub.store.locks import (
    PASS_LOCK,
    WRITE_LOCK,
    give_way,
    holding,
    is_awaited,
    release_run_lock,
    systems_being_read,
    try_run_lock,
    writing,
)
from hub.store.memory import clear_young, keep_loaded, kept_for_long, load_quickly, serve_quickly
from hub.store.migrate import check_tables, open_store
from hub.store.pipeline import Pipeline, breathing, open_pipeline
from hub.store.turns import Turns

__all__ = [
    "LOST",
    "PASS_LOCK",
    "WRITE_LOCK",
    "Database",
    "Driver",
    "Failed",
    "Packed",
    "Pipeline",
    "Turns",
    "answering",
    "breathing",
    "check_tables",
    "clear_young",
    "copy_rows",
    "database_url",
    "forked",
    "give_way",
    "holding",
    "is_awaited",
    "keep_loaded",
    "kept_for_long",
    "known_failure",
    "load_quickly",
    "open_database",
    "open_pipeline",
    "open_store",
    "packed",
    "packed_rows",
    "receive",
    "release_run_lock",
    "serve_quickly",
    "systems_being_read",
    "try_run_lock",
    "writing",
]
