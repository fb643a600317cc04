"""How records stand at their source."""

from __future__ import annotations

from enum import Enum


class LiveState(Enum):
    """How a record stands at its source, asked now 实时状态."""

    CURRENT = "The source states what the hub has stored 一致"
    CHANGED = "The source states something else by now 已变更"
    GONE = "The source does not have the record any more 已不存在"
    REFUSED = "The source has it in a form that the hub cannot read 无法读取"
    UNAVAILABLE = "The source cannot be asked now; the stored record stands 暂不可用"
