"""What lists are ordered by: each such column has an index together with the id.

The graph offers these orders and no others (`schema/columns.py`), so that a page from the middle
of any list is found as fast as its first one. Left out are texts that nobody sorts by, yes and no,
and most closed lists, whose names stand in no order that means something.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, Index, MetaData, UniqueConstraint

ORDERS: dict[str, tuple[str, ...]] = {
    "division": ("code", "name"),
    "congress": ("name", "term", "start_date", "end_date", "seats"),
    "person": ("name", "birth_month", "education"),
    "deputy": (
        *("level", "term", "congress_post", "certificate_number"),
        *("start_date", "end_date"),
    ),
    "home": ("name", "rating", "area_sqm", "established_on"),
    "station": ("name", "rating", "area_sqm", "established_on"),
    "deputy_group": ("name",),
    "handling_body": ("name", "credit_code"),
    "suggestion": (
        *("level", "number", "title", "session", "raised_before"),
        *("submitted_at", "accepted_at", "closed_at"),
    ),
    "motion": (
        *("level", "number", "title", "session"),
        *("submitted_at", "decided_at", "report_by", "reported_at", "closed_at"),
    ),
    "assignment": (
        *("handler_name", "assigned_at", "accepted_at", "source_due_date", "legal_due_date"),
        *("extended_to", "replied_at", "evaluated_at"),
    ),
    "legal_clock": ("valid_from", "valid_to"),
    "public_opinion": (
        *("number", "received_at", "source_due_date", "replied_at", "closed_at", "rating"),
    ),
    "livelihood_project": (
        *("level", "year", "number", "title", "budget", "progress"),
        *("planned_start", "planned_finish", "started_at", "finished_at"),
    ),
    "project_proposal": ("title", "proposed_at"),
    "project_ballot": ("year", "held_at"),
    "ballot_line": ("votes_for", "rank"),
    "project_milestone": ("name", "planned_at", "reached_at", "reported_at", "progress"),
    "project_funding": ("planned", "paid"),
    "project_evaluation": ("year", "evaluated_at"),
    "activity": ("title", "held_on", "ended_on", "voters_present"),
    "activity_participation": ("hours",),
    "course": ("title", "minutes", "credit_hours", "published_on"),
    "learning_record": ("progress", "started_at", "finished_at", "quiz_score", "credit_hours"),
    "score_rule_set": ("name", "valid_from", "valid_to"),
    "score_rule": ("number", "name"),
    "duty_score": ("period", "points", "scored_on"),
    "meeting": ("number", "name", "opened_on", "closed_on"),
    "appointment": ("number", "name", "decided_on", "votes_for"),
    "major_decision": (
        *("number", "title", "decided_on", "effective_on", "report_due", "reported_on"),
    ),
    "supervision_item": ("number", "title", "year", "started_at", "closed_at"),
    "supervision_stage": ("name", "planned_on", "reached_on"),
    "supervision_finding": (
        *("number", "title", "year", "amount", "rectified_amount", "found_at", "assigned_at"),
        *("due_date", "submitted_at", "struck_off_at"),
    ),
    "budget_line": ("code", "name", "year", "budgeted", "adjusted", "executed"),
    "payment": ("number", "amount", "paid_on"),
    "source_system": ("code", "name", "last_success_at"),
    "run": ("started_at", "finished_at", "read", "stored", "quarantined"),
    "quarantine": ("first_seen_at", "resolved_at"),
    "judgement": ("score", "made_at"),
    "link_candidate": ("rank", "score", "found_at"),
    "pin": ("made_at", "released_at"),
    "conflict": ("found_at",),
}
"""The columns by table."""


def index_orders(metadata: MetaData) -> None:
    """Add the indexes of all orders to the tables."""
    for table, columns in ORDERS.items():
        for name in columns:
            source = metadata.tables[table].c
            Index(f"ix_{table}_by_{name}", source[name], source.id)


def is_order(column: Column[Any]) -> bool:
    """Whether an index orders the rows by a column and the id."""
    return column.name in ORDERS.get(column.table.name, ())


def is_indexed(column: Column[Any]) -> bool:
    """Whether an index finds the rows with a value of a column."""
    table = column.table
    keys = [key for key in table.constraints if isinstance(key, UniqueConstraint)]
    heads = [next(iter(each.columns)) for each in keys]
    heads += [next(iter(each.columns)) for each in table.indexes]
    return any(head is column for head in heads)
