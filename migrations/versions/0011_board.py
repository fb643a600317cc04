"""Counts of the supervision board, kept by triggers on what they count."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

COUNTED = {
    "assignment": """
        SELECT division_id, 'SUGGESTION_HANDLING' AS aspect,
               extract(year FROM assigned_at)::int AS year,
               (replied_at IS NOT NULL OR COALESCE(state, '') = 'CLOSED') AS is_done,
               legal_due_date AS due_on
        FROM {rows} WHERE assigned_at IS NOT NULL AND COALESCE(state, '') <> 'RETURNED'
    """,
    "livelihood_project": """
        SELECT division_id, 'LIVELIHOOD_PROJECT' AS aspect, year,
               state IN ('COMPLETED', 'EVALUATED') AS is_done, planned_finish AS due_on
        FROM {rows}
        WHERE state NOT IN ('COLLECTING', 'SHORTLISTED', 'ON_BALLOT', 'NOT_SELECTED')
    """,
    "supervision_finding": """
        SELECT division_id, aspect, year,
               (struck_off_at IS NOT NULL OR state IN ('STRUCK_OFF', 'EVALUATED')) AS is_done,
               due_date AS due_on
        FROM {rows}
        WHERE aspect IN ('BUDGET_EXECUTION', 'STATE_ASSETS', 'AUDIT_RECTIFICATION')
    """,
}
COUNT = """
    INSERT INTO board_count (division_id, aspect, year, is_done, due_on, items)
    SELECT division_id, aspect, year, is_done, CASE WHEN NOT is_done THEN due_on END,
           {sign} count(*)
    FROM ({counted}) AS counted GROUP BY 1, 2, 3, 4, 5
    ON CONFLICT (division_id, aspect, year, is_done, due_on)
    DO UPDATE SET items = board_count.items + excluded.items
"""
FUNCTION = """
    CREATE FUNCTION count_{table}() RETURNS trigger LANGUAGE plpgsql AS $body$
    BEGIN
        IF TG_OP <> 'INSERT' THEN {taken}; END IF;
        IF TG_OP <> 'DELETE' THEN {added}; END IF;
        RETURN NULL;
    END $body$
"""
TABLES = {
    "INSERT": "NEW TABLE AS new_rows",
    "UPDATE": "OLD TABLE AS old_rows NEW TABLE AS new_rows",
    "DELETE": "OLD TABLE AS old_rows",
}


def upgrade() -> None:
    op.create_table(
        "board_count",
        sa.Column("division_id", sa.Uuid(), nullable=False, comment="Division 行政区划"),
        sa.Column("aspect", sa.Text(), nullable=False, comment="Aspect 监督方面"),
        sa.Column("year", sa.Integer(), nullable=False, comment="Year 年度"),
        sa.Column("is_done", sa.Boolean(), nullable=False, comment="Whether it is done 是否完成"),
        sa.Column("due_on", sa.Date(), comment="Day it is due, of what is not done 期限"),
        sa.Column("items", sa.BigInteger(), nullable=False, comment="How many there are 数量"),
    )
    op.create_index(
        "uq_board_count",
        "board_count",
        ["division_id", "aspect", "year", "is_done", "due_on"],
        unique=True,
        postgresql_nulls_not_distinct=True,
    )
    for table, counted in COUNTED.items():
        count_what_there_is(table, counted)


def count_what_there_is(table: str, counted: str) -> None:
    """Count the rows of a table, and from now on every change of them."""
    op.execute(COUNT.format(sign="", counted=counted.format(rows=table)))
    taken = COUNT.format(sign="-", counted=counted.format(rows="old_rows"))
    added = COUNT.format(sign="", counted=counted.format(rows="new_rows"))
    op.execute(FUNCTION.format(table=table, taken=taken, added=added))
    for event, tables in TABLES.items():
        op.execute(
            f"CREATE TRIGGER count_{event.lower()} AFTER {event} ON {table} REFERENCING {tables} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION count_{table}()"
        )


def downgrade() -> None:
    for table in COUNTED:
        for event in TABLES:
            op.execute(f"DROP TRIGGER count_{event.lower()} ON {table}")
        op.execute(f"DROP FUNCTION count_{table}()")
    op.drop_table("board_count")
