"""The search index; `hub db upgrade` fills it"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "search_entry",
        sa.Column("entity_id", sa.Uuid(), nullable=False, comment="Golden row or division found"),
        sa.Column(
            "number",
            sa.SmallInteger(),
            nullable=False,
            comment="0; from 1 on other readings of the name",
        ),
        sa.Column(
            "rank",
            sa.SmallInteger(),
            nullable=False,
            comment="Order in answers: kind, township, ended",
        ),
        sa.Column("name", sa.Text(), nullable=False, comment="Name as it is written"),
        sa.Column(
            "folded",
            sa.Text(collation="C"),
            nullable=True,
            comment="Name as search compares it; null for readings",
        ),
        sa.Column("address", sa.Text(), nullable=True, comment="Address as search compares it"),
        sa.Column(
            "reading",
            sa.Text(collation="C"),
            nullable=False,
            comment="Pinyin: first syllable, initials of the others, the others",
        ),
        sa.Column(
            "division_ids",
            postgresql.ARRAY(sa.Uuid()),
            nullable=False,
            comment="Divisions it lies in, all levels",
        ),
        sa.PrimaryKeyConstraint("entity_id", "number", name=op.f("pk_search_entry")),
    )
    op.create_index("ix_search_entry_folded", "search_entry", ["rank", "folded"])
    op.create_index("ix_search_entry_reading", "search_entry", ["rank", "reading"])
    op.create_index(
        "ix_search_entry_grams",
        "search_entry",
        [
            sa.text(
                "(string_to_array(folded || COALESCE(address, ''), NULL) "
                "|| string_to_array(reading, ' '))"
            )
        ],
        postgresql_using="gin",
        postgresql_with={"gin_pending_list_limit": "256"},
    )


def downgrade() -> None:
    op.drop_table("search_entry")
