"""Search and linking fold characters alike: what was made with the foldings before goes

The search index is emptied, `hub db upgrade` builds it anew; records that state a character which
is folded otherwise wait to be linked.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"

CHARACTERS = (
    "並么予併兎冄冺冼寳尓峩嶋廼弁彞恠慎戯戱戸挙晃概欎欠沪浜渋澁瓶甦畧皜研竝糸緒緖缶翶翺翻芸苧荅菓萌薴著"
    "裵褒郎郷鄉鄕鉱鑛闘鬥鬭韮顎颕餅鯰擧﨑"
)

WAITING = sa.text(
    "INSERT INTO link_waiting (record_id) SELECT id FROM source_record "
    "WHERE kind = 'DEPUTY' AND deleted_at IS NULL AND fields::text ~ :characters"
)


def upgrade() -> None:
    op.execute("TRUNCATE search_entry")
    op.execute(WAITING.bindparams(characters=f"[{CHARACTERS}]"))


def downgrade() -> None:
    upgrade()
