"""The push mutations: one for each kind of record."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass
from operator import attrgetter
from uuid import UUID

from hub.errors import Code, HubError
from hub.runs import Push, PushAnswer, PushResult
from hub.subjects import KINDS
from hub.subjects.record_kinds import RecordKind
from hub.subjects.systems import Outcome
from resolvers.context import Context
from resolvers.graph import TYPES, Answer, Answered, Given, argument, field, object_type
from resolvers.writes.push_inputs import as_record, create_push_inputs
from schema.declare import Entity
from schema.enums import enum_type
from schema.ids import make_id
from schema.registry import NODES


@dataclass(frozen=True, slots=True)
class Shown:
    """A result and the entity that its row belongs to."""

    result: PushResult
    entity: Entity


@dataclass(frozen=True, slots=True)
class Payload:
    """What a push mutation answers."""

    run: PushAnswer
    results: list[Shown]


def own(name: str, words: str, description: str, path: str = "") -> Answered:
    """A field that shows an attribute of the answer."""
    read = attrgetter(path or name)
    return field(name, words, description, lambda answer, *_: read(answer))


def push_mutations() -> list[Answered]:
    """Create the push mutations and what they return."""
    TYPES["Outcome"] = enum_type(Outcome)
    create_push_inputs()
    create_result()
    create_payload()
    return [mutation(kind) for kind in KINDS]


def create_result() -> None:
    """Create PushResult and PushError."""
    object_type(
        "PushError",
        "Why a record, or one field of it, is refused 错误",
        (
            own("field", "String | None", "Field of the record; null: the whole record 字段"),
            own("code", "String", "Code out of the documented list 错误代码"),
            own("message", "String", "What is wrong and what to do 说明"),
        ),
    )
    outcome = "What became of it 处理结果"
    object_type(
        "PushResult",
        "What became of one record 单条结果",
        (
            own("index", "Int", "Its place in records, from 0 序号", "result.index"),
            own("externalId", "String", "Its id as it was sent 外部标识", "result.external_id"),
            field("outcome", "Outcome", outcome, lambda it, *_: Outcome[it.result.outcome]),
            own(
                "errors",
                "list[PushError]",
                "Why it is refused, or what of a stored record could not be used 错误",
                "result.errors",
            ),
            field("node", "Node | None", "The row it belongs to now; null if refused 节点", _node),
        ),
    )


def create_payload() -> None:
    """Create PushPayload and PushRun."""
    run_id = "Id of the run; a dry run leaves none behind 标识"
    object_type(
        "PushRun",
        "The run of a push. read = stored + unchanged + quarantined 运行",
        (
            field("id", "ID", run_id, lambda it, *_: make_id("Run", it.run_id)),
            own("read", "Int", "Records in the push 读取"),
            own("stored", "Int", "Records new or changed 存储"),
            own("unchanged", "Int", "Records known and the same 无变化"),
            own("quarantined", "Int", "Records refused and kept with the reason 隔离"),
        ),
    )
    object_type(
        "PushPayload",
        "The answer to a push 推送结果",
        (
            own("run", "PushRun", "The run and its counts 运行"),
            own("results", "list[PushResult]", "One result for each record, in order 逐条结果"),
        ),
    )


async def _node(shown: Shown, context: Context, _given: Given) -> object:
    key = shown.result.entity_id
    return None if key is None else await context.loaders.node(shown.entity, UUID(key))


def mutation(kind: RecordKind) -> Answered:
    """The mutation that pushes records of a kind."""
    many = KINDS[kind].many
    given = argument("input", f"Push{many}Input", "The records and how to take them 推送内容")
    words = f"Store 1 to 1000 records of the caller's own system 推送. {kind.value}"
    return field(f"push{many}", "PushPayload | None", words, _push(kind), [given])


def _push(kind: RecordKind) -> Answer:
    entity = next(item for item in NODES.values() if item.source is KINDS[kind].table)

    async def answer(_root: object, context: Context, given: Given) -> Payload:
        asked = given["input"]
        check_access(context, asked["system"])
        records = [as_record(record) for record in asked["records"]]
        pushed = Push(
            asked["system"], KINDS[kind], asked["idempotencyKey"], records, asked["dryRun"]
        )
        deadline = context.deadline
        with deadline.counting_anew() if deadline else nullcontext():
            answered = await context.pushes.push(pushed)
        return Payload(answered, [Shown(result, entity) for result in answered.results])

    return answer


def check_access(context: Context, system: str) -> None:
    """A key pushes for its own system only. Raises HubError UNAUTHENTICATED or FORBIDDEN."""
    holder = context.access.system_code
    if holder is None:
        raise HubError(
            Code.UNAUTHENTICATED,
            "Pushing needs the system's API key. Send it as `Authorization: Bearer KEY`; "
            "`hub key create SYSTEM` makes one.",
        )
    if holder != system:
        raise HubError(
            Code.FORBIDDEN,
            f"This key is that of {holder} and pushes for it only, not for {system[:64]}. "
            "Use the key of the system that you name.",
        )
