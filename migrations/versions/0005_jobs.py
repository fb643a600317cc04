"""Procrastinate's tables, in a schema of their own"""

from __future__ import annotations

from alembic import op
from procrastinate.schema import SchemaManager

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.execute("CREATE SCHEMA jobs")
    op.execute("SET LOCAL search_path TO jobs")
    script = SchemaManager.get_schema()
    # many statements at once, which only the driver itself takes
    op.get_bind().connection.dbapi_connection.run_async(lambda driver: driver.execute(script))
    op.execute("SET LOCAL search_path TO DEFAULT")


def downgrade() -> None:
    op.execute("DROP SCHEMA jobs CASCADE")
