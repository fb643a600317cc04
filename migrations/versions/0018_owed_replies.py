"""Who owes a reply, and a board that counts the problems of all five aspects."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import context, op

revision = "0018"
down_revision = "0017"

REPLY_STATE = """
    CREATE FUNCTION reply_state(
        role text, state text, reply_kind text, replied_at date, rehandled_from date,
        suggestion_state text, suggestion_closed_at date
    ) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN CASE
        WHEN role = 'JOINT' OR reply_kind = 'JOINT_OPINION' OR state = 'RETURNED'
            OR suggestion_state IN ('WITHDRAWN', 'REJECTED', 'SELF_HANDLED') THEN 'NONE'
        WHEN state = 'CLOSED' OR suggestion_state = 'CLOSED'
            OR (suggestion_closed_at IS NOT NULL AND suggestion_state <> 'REHANDLING') THEN 'GIVEN'
        WHEN reply_kind = 'INTERIM' THEN 'OWED'
        WHEN rehandled_from IS NOT NULL AND replied_at IS NOT NULL THEN
            CASE WHEN replied_at > rehandled_from
                OR (replied_at = rehandled_from AND reply_kind = 'SECOND')
            THEN 'GIVEN' ELSE 'OWED' END
        WHEN state = 'REHANDLING' AND reply_kind IS DISTINCT FROM 'SECOND' THEN 'OWED'
        WHEN replied_at IS NOT NULL OR state = 'REPLIED' THEN 'GIVEN'
        WHEN rehandled_from IS NULL AND suggestion_state IN ('REPLIED', 'EVALUATED')
            AND role IS DISTINCT FROM 'SEPARATE' THEN 'GIVEN'
        ELSE 'OWED'
    END
"""
"""docs/clocks.md holds the cases."""
STATE = """reply_state(a.role, a.state, a.reply_kind, a.replied_at, a.rehandled_from,
                       s.state, s.closed_at)"""
HAND_OVERS = f"""
    SELECT a.division_id, 'SUGGESTION_HANDLING' AS aspect,
           extract(year FROM a.assigned_at)::int AS year, {STATE} = 'GIVEN' AS is_done,
           a.legal_due_date AS due_on
    FROM {{rows}} WHERE a.assigned_at IS NOT NULL AND {STATE} <> 'NONE'
"""
PROJECTS = """
    SELECT division_id, 'LIVELIHOOD_PROJECT' AS aspect, year,
           state IN ('COMPLETED', 'EVALUATED') AS is_done, planned_finish AS due_on
    FROM {rows}
    WHERE state NOT IN ('COLLECTING', 'SHORTLISTED', 'ON_BALLOT', 'NOT_SELECTED')
"""
FINDINGS = """
    SELECT division_id, aspect, year,
           (struck_off_at IS NOT NULL OR state IN ('STRUCK_OFF', 'EVALUATED')) AS is_done,
           due_date AS due_on
    FROM {rows}
"""
WITH_SUGGESTION = "{rows} a LEFT JOIN suggestion s ON s.id = a.suggestion_id"
OF_SUGGESTIONS = "{rows} s JOIN assignment a ON a.suggestion_id = s.id"
WITHOUT_SUGGESTION = """{rows} r JOIN assignment a ON a.suggestion_id = r.id
    LEFT JOIN (SELECT NULL::text AS state, NULL::date AS closed_at) s ON true"""
OLD, NEW = "old_rows", "new_rows"


def of_table(counted: str, source: str = "{rows}") -> dict[str, tuple[str, str]]:
    """What a change of a counted table takes away and adds, by event; empty for nothing."""
    old, new = (counted.format(rows=source.format(rows=rows)) for rows in (OLD, NEW))
    return {"INSERT": ("", new), "UPDATE": (old, new), "DELETE": (old, "")}


def of_suggestions() -> dict[str, tuple[str, str]]:
    """What a change of suggestions takes away and adds: the hand-overs that name them."""

    def counted(source: str, rows: str) -> str:
        return HAND_OVERS.format(rows=source.format(rows=rows))

    return {
        "INSERT": (counted(WITHOUT_SUGGESTION, NEW), counted(OF_SUGGESTIONS, NEW)),
        "UPDATE": (counted(OF_SUGGESTIONS, OLD), counted(OF_SUGGESTIONS, NEW)),
        "DELETE": (counted(OF_SUGGESTIONS, OLD), counted(WITHOUT_SUGGESTION, OLD)),
    }


CHANGES = {
    "assignment": of_table(HAND_OVERS, WITH_SUGGESTION),
    "suggestion": of_suggestions(),
    "livelihood_project": of_table(PROJECTS),
    "supervision_finding": of_table(FINDINGS),
}
THERE_ARE = (
    HAND_OVERS.format(rows=WITH_SUGGESTION.format(rows="assignment")),
    PROJECTS.format(rows="livelihood_project"),
    FINDINGS.format(rows="supervision_finding"),
)
TALLY = """
    INSERT INTO board_tally (division_id, aspect, year, is_done, due_on, items)
    SELECT division_id, aspect, year, is_done, CASE WHEN NOT is_done THEN due_on END,
           {sign} count(*)
    FROM ({counted}) AS counted GROUP BY 1, 2, 3, 4, 5
    ON CONFLICT (division_id, aspect, year, is_done, due_on)
    DO UPDATE SET items = board_tally.items + excluded.items
"""
FUNCTION = """
    CREATE FUNCTION tally_{table}_{event}() RETURNS trigger LANGUAGE plpgsql AS $body$
    BEGIN
        {statements}
        RETURN NULL;
    END $body$
"""
TRIGGER = """
    CREATE TRIGGER tally_{event} AFTER {event} ON {table} REFERENCING {rows}
    FOR EACH STATEMENT EXECUTE FUNCTION tally_{table}_{event}()
"""
ROWS = {
    "INSERT": "NEW TABLE AS new_rows",
    "UPDATE": "OLD TABLE AS old_rows NEW TABLE AS new_rows",
    "DELETE": "OLD TABLE AS old_rows",
}


def upgrade() -> None:
    former_board().downgrade()
    op.execute(REPLY_STATE)
    op.create_table(
        "board_tally",
        sa.Column("division_id", sa.Uuid(), nullable=False, comment="Division 行政区划"),
        sa.Column("aspect", sa.Text(), nullable=False, comment="Aspect 监督方面"),
        sa.Column("year", sa.Integer(), nullable=False, comment="Year 年度"),
        sa.Column("is_done", sa.Boolean(), nullable=False, comment="Whether it is done 是否完成"),
        sa.Column("due_on", sa.Date(), comment="Day it is due, of what is not done 期限"),
        sa.Column("items", sa.BigInteger(), nullable=False, comment="How many there are 数量"),
    )
    op.create_index(
        "uq_board_tally",
        "board_tally",
        ["division_id", "aspect", "year", "is_done", "due_on"],
        unique=True,
        postgresql_nulls_not_distinct=True,
    )
    for counted in THERE_ARE:
        op.execute(TALLY.format(sign="", counted=counted))
    for table, events in CHANGES.items():
        for event, parts in events.items():
            tally_changes(table, event, parts)


def tally_changes(table: str, event: str, parts: tuple[str, str]) -> None:
    """Count what an event takes away from a table's rows and adds to them."""
    statements = [
        TALLY.format(sign=sign, counted=counted)
        for sign, counted in zip("- ", parts, strict=True)
        if counted
    ]
    body = ";".join(statements) + ";"
    op.execute(FUNCTION.format(table=table, event=event.lower(), statements=body))
    op.execute(TRIGGER.format(table=table, event=event.lower(), rows=ROWS[event]))


def former_board() -> Any:
    """The migration that made the board as it was: without the suggestions' states."""
    return context.script.get_revision("0011").module


def downgrade() -> None:
    for table, events in CHANGES.items():
        for event in events:
            op.execute(f"DROP TRIGGER tally_{event.lower()} ON {table}")
            op.execute(f"DROP FUNCTION tally_{table}_{event.lower()}()")
    op.drop_table("board_tally")
    op.execute("DROP FUNCTION reply_state(text, text, text, date, date, text, date)")
    former_board().upgrade()
