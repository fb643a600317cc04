"""Source systems, their runs, and the rows that were refused."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Integer, Select, cast, column, func, select, true
from sqlalchemy.dialects.postgresql import JSONB

from hub.subjects.source_records import quarantine as quarantine_table
from hub.subjects.systems import run as run_table
from hub.subjects.systems import source_system
from schema.columns import columns, listed, many, one
from schema.declare import Argument, Entity, Expression, Lookup, Row, Scalar, Value, node_id

system, run, quarantine = source_system, run_table, quarantine_table


def seconds_since_success(row: Row) -> Expression:
    age = func.extract("epoch", func.now() - row.c.last_success_at)
    return cast(func.floor(age), Integer)


SOURCE_SYSTEM = Entity(
    "SourceSystem",
    system,
    "A system that the hub reads or that pushes to it 来源系统",
    (
        node_id("SourceSystem"),
        *columns(system, "code", "name", "level", "connector", "status", "last_success_at"),
        Value(
            "freshness",
            Scalar.INT,
            "Seconds since the last complete run; null before the first 数据新鲜度（秒）",
            seconds_since_success,
        ),
    ),
    (
        one("division", "Division", system.c.division_id),
        one("lastRun", "Run", system.c.last_run_id),
        many("runs", "Run", "system_id", "Its runs, the oldest first by default 运行记录"),
        many("records", "SourceRecord", "system_id", "What it said, deleted records too 来源记录"),
        many(
            "quarantine",
            "QuarantinedRow",
            "system_id",
            "Rows that were refused, resolved ones too 隔离数据",
        ),
    ),
    plural="systems",
)

RUN = Entity(
    "Run",
    run,
    "One sync or push of one system; read = stored + unchanged + quarantined 运行",
    (
        node_id("Run"),
        *columns(
            run,
            "kind",
            "status",
            "started_at",
            "finished_at",
            "read",
            "stored",
            "unchanged",
            "quarantined",
            "deleted",
            "withheld",
            "warned",
            "error_code",
            "error_message",
            "undone_at",
            "undone_by",
        ),
    ),
    (one("system", "SourceSystem", run.c.system_id),),
    plural="runs",
    singular="run",
)

QUARANTINED_ROW = Entity(
    "QuarantinedRow",
    quarantine,
    "A row that was refused, with its reasons; the row itself is not shown 隔离数据",
    (
        node_id("QuarantinedRow"),
        *columns(
            quarantine,
            "row_key",
            "kind",
            "place",
            "first_seen_at",
            "resolved_at",
            row_key="External id, or the place where there is none 外部标识",
            kind="Kind of record 记录类型",
            place="Where it stands: file, row, column 位置",
            first_seen_at="Time it was first refused 首次隔离",
            resolved_at="Time the record was stored after all 解决时间",
        ),
    ),
    (
        one("system", "SourceSystem", quarantine.c.system_id),
        one("run", "Run", quarantine.c.run_id, "Latest run that met it 最近一次运行"),
        listed(
            "errors",
            "QuarantineError",
            "Why it was refused 隔离原因",
            lambda own, row: row.c.quarantine_id == own.c.id,
            lambda row: (row.c.place,),
        ),
    ),
)


def spread_errors() -> Select[Any]:
    """One row for every error of every refused row."""
    listed_errors = (
        func.jsonb_array_elements(quarantine.c.errors)
        .table_valued(column("error", JSONB), with_ordinality="place", name="listed")
        .render_derived()
    )
    return select(
        quarantine.c.id.label("quarantine_id"),
        listed_errors.c.place,
        *(listed_errors.c.error[name].astext.label(name) for name in ("field", "code", "message")),
    ).select_from(quarantine.join(listed_errors, true()))


QUARANTINE_ERROR = Entity(
    "QuarantineError",
    spread_errors(),
    "One reason for which a row was refused 隔离原因",
    (
        Value("field", Scalar.STRING, "Field it is about 字段", lambda row: row.c.field),
        Value(
            "code",
            Scalar.STRING,
            "Code of the documented list 错误代码",
            lambda row: row.c.code,
            is_nullable=False,
        ),
        Value(
            "message",
            Scalar.STRING,
            "What was wrong and what to do 说明",
            lambda row: row.c.message,
            is_nullable=False,
        ),
    ),
)

BY_CODE = Lookup(
    "system",
    "SourceSystem",
    "The source system with this code 来源系统",
    (Argument("code", Scalar.STRING, "Code of the system 系统代码"),),
    lambda row, given: row.c.code == given["code"],
)

ENTITIES = (SOURCE_SYSTEM, RUN, QUARANTINED_ROW, QUARANTINE_ERROR)
LOOKUPS = (BY_CODE,)
