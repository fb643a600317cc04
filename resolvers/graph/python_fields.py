"""Fields that Python answers. An operation that selects one goes through the executor."""

from __future__ import annotations

from collections.abc import Mapping
from operator import attrgetter

from hub.runs import Compared, Live, LiveRecord
from hub.subjects.source_records import LiveState
from resolvers.context import Context
from resolvers.graph.fields import Answered, Given, field, leaf_name, object_type
from resolvers.loaders import Node
from schema.ids import parse_id
from schema.provenance import without_restricted


async def live_record(row: Node, context: Context, _given: Given) -> LiveRecord:
    """What the source of a record states now, as far as the caller may read it."""
    return seen(await context.live.load(parse_id(row.data["id"], "SourceRecord")), context)


def seen(live: Live, context: Context) -> LiveRecord:
    """A record as the caller sees it."""
    if not isinstance(live, Compared):
        return live
    return live.seen(dict if context.access.reads_restricted else without_restricted)


PYTHON_FIELDS: Mapping[str, tuple[Answered, ...]] = {
    "SourceRecord": (
        field(
            "liveRecord",
            "LiveRecord",
            "What the source states now, asked through its connector; a source that does not "
            "answer within seconds is UNAVAILABLE and leaves the rest as it is 实时记录",
            live_record,
        ),
    ),
}
"""By type the fields that have no column and no edge."""


def create_live_record() -> None:
    """Create LiveRecord."""

    def own(name: str, words: str, description: str, attribute: str = "") -> Answered:
        read = attrgetter(attribute or name)
        return field(name, words, description, lambda record, *_: read(record))

    object_type(
        "LiveRecord",
        "A record as its source has it now 实时记录",
        (
            own("state", leaf_name(LiveState), "How it stands at its source 状态"),
            own(
                "fields",
                "JSON | None",
                "The fields that the source states, normalised and restricted as those of the "
                "stored record; null unless CURRENT or CHANGED 字段",
            ),
            own(
                "changedFields",
                "list[String]",
                "Fields that differ from the stored 变更字段",
                "changed",
            ),
            own("readAt", "DateTime", "Time the source was asked 读取时间", "read_at"),
            own("code", "String | None", "Error code where REFUSED or UNAVAILABLE 错误代码"),
            own("reason", "String | None", "Why it is REFUSED or UNAVAILABLE 原因"),
        ),
    )
