"""Indexes for every order of the graph: the column, then the id"""

from __future__ import annotations

from alembic import op

revision = "0022"
down_revision = "0021"

ORDERS = {
    "division": ("code", "name"),
    "congress": ("name", "term", "start_date", "end_date", "seats"),
    "person": ("name", "birth_month", "education"),
    "deputy": ("level", "term", "congress_post", "certificate_number", "start_date", "end_date"),
    "home": ("name", "rating", "area_sqm", "established_on"),
    "station": ("name", "rating", "area_sqm", "established_on"),
    "deputy_group": ("name",),
    "handling_body": ("name", "credit_code"),
    "suggestion": (
        "level",
        "number",
        "title",
        "session",
        "raised_before",
        "submitted_at",
        "accepted_at",
        "closed_at",
    ),
    "motion": (
        "level",
        "number",
        "title",
        "session",
        "submitted_at",
        "decided_at",
        "report_by",
        "reported_at",
        "closed_at",
    ),
    "assignment": (
        "handler_name",
        "assigned_at",
        "accepted_at",
        "source_due_date",
        "legal_due_date",
        "extended_to",
        "replied_at",
        "evaluated_at",
    ),
    "legal_clock": ("valid_from", "valid_to"),
    "public_opinion": (
        "number",
        "received_at",
        "source_due_date",
        "replied_at",
        "closed_at",
        "rating",
    ),
    "livelihood_project": (
        "level",
        "year",
        "number",
        "title",
        "budget",
        "progress",
        "planned_start",
        "planned_finish",
        "started_at",
        "finished_at",
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
        "number",
        "title",
        "decided_on",
        "effective_on",
        "report_due",
        "reported_on",
    ),
    "supervision_item": ("number", "title", "year", "started_at", "closed_at"),
    "supervision_stage": ("name", "planned_on", "reached_on"),
    "supervision_finding": (
        "number",
        "title",
        "year",
        "amount",
        "rectified_amount",
        "found_at",
        "assigned_at",
        "due_date",
        "submitted_at",
        "struck_off_at",
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
REPLACED = {
    "ix_division_name": ("division", ["name"]),
    "ix_person_name": ("person", ["name"]),
    "ix_judgement_made_at": ("judgement", ["made_at"]),
    "ix_link_candidate_rank": ("link_candidate", ["rank", "id"]),
    "ix_pin_made_at": ("pin", ["made_at"]),
}


def upgrade() -> None:
    for table, columns in ORDERS.items():
        for name in columns:
            op.create_index(f"ix_{table}_by_{name}", table, [name, "id"])
    op.create_index("ix_person_division_id", "person", ["division_id"])
    for name in REPLACED:
        op.drop_index(name)


def downgrade() -> None:
    for name, (table, columns) in REPLACED.items():
        op.create_index(name, table, columns)
    op.drop_index("ix_person_division_id")
    for table, columns in ORDERS.items():
        for name in columns:
            op.drop_index(f"ix_{table}_by_{name}")
