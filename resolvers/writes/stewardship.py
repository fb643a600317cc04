"""The mutations of stewards: decide, un-merge, pin, release, undo. Each needs a steward's key."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass

from strawberry.types.field import StrawberryField

from hub.errors import Code, HubError
from hub.linking import Pair
from hub.stewards import Desk, pins, two_records
from hub.stewards import undo_run as undoing
from hub.stewards import verdicts as decisions
from hub.subjects.stewardship import Verdict
from resolvers.context import Context
from resolvers.graph import (
    TYPES,
    Answered,
    Given,
    argument,
    field,
    input_field,
    input_type,
    object_type,
)
from resolvers.writes.push_inputs import as_record, required_field
from schema.enums import enum_type
from schema.ids import parse_id, split_id
from schema.registry import NODES

Deed = Callable[[Desk, Given], Awaitable[str]]
"""What a mutation does; gives the UUID of what it made or changed."""


@dataclass(frozen=True, slots=True)
class Done:
    """The answer to a steward's mutation: the type and the row of what it is about."""

    type: str
    key: str


@dataclass(frozen=True, slots=True)
class Mutation:
    """One mutation: its name, the type that it answers, its inputs and its deed."""

    name: str
    target: str
    description: str
    inputs: tuple[StrawberryField, ...]
    deed: Deed


RECORD = "Id of a SourceRecord 来源记录标识"
NOTE = input_field("note", "String", "What to remember of it, at most 1000 characters 备注")


def steward_mutations() -> Iterator[Answered]:
    """Create the mutations of stewards and what they return."""
    TYPES["Verdict"] = enum_type(Verdict)
    for mutation in MUTATIONS:
        title = mutation.name[0].upper() + mutation.name[1:]
        input_type(f"{title}Input", f"Input of {mutation.name} 输入", mutation.inputs)
        object_type(f"{title}Payload", f"The answer of {mutation.name} 结果", [_shown(mutation)])
        given = argument("input", f"{title}Input", "What to do 输入")
        yield field(
            mutation.name,
            f"{title}Payload | None",
            mutation.description,
            _answer(mutation),
            [given],
        )


def _shown(mutation: Mutation) -> Answered:
    """The one field of a payload, named like its type."""
    name = mutation.target[0].lower() + mutation.target[1:]

    async def answer(done: Done, context: Context, _given: Given) -> object:
        return await context.loaders.node(NODES[done.type], parse_id(done.key, done.type))

    return field(name, mutation.target, f"The {mutation.target} as it is now 现状", answer)


def _answer(mutation: Mutation) -> Callable[[object, Context, Given], Awaitable[Done]]:
    async def answer(_root: object, context: Context, given: Given) -> Done:
        desk = open_desk(context)
        async with context.database.writes.turn(context.access.caller):
            key = await mutation.deed(desk, as_record(given["input"]))
        return Done(mutation.target, f"{mutation.target}:{key}")

    return answer


def open_desk(context: Context) -> Desk:
    """The desk of the steward who asks. Raises HubError UNAUTHENTICATED or FORBIDDEN."""
    access = context.access
    if access.system_code is None:
        raise HubError(
            Code.UNAUTHENTICATED,
            "Deciding needs a steward's API key. Send it as `Authorization: Bearer KEY`; "
            "`hub key create SYSTEM --steward NAME` makes one.",
        )
    if access.steward is None:
        raise HubError(
            Code.FORBIDDEN,
            "This key is no steward's. `hub key create SYSTEM --steward NAME` makes one that "
            "decides, pins and undoes.",
        )
    return Desk(access.steward, context.hub)


# --- Deeds ----------------------------------------------------------------------------------------


def _pair(given: Given) -> Pair:
    left, right = (str(parse_id(given[side], "SourceRecord")) for side in ("left", "right"))
    return two_records(left, right)


def _seen(given: Given, name: str, target: str) -> str | None:
    return str(parse_id(given[name], target)) if name in given else None


async def decide_link(desk: Desk, given: Given) -> str:
    return await decisions.decide(
        desk,
        _pair(given),
        Verdict[given["verdict"]],
        seen=_seen(given, "judgement", "Judgement"),
        note=given.get("note"),
    )


async def unmerge(desk: Desk, given: Given) -> str:
    return await decisions.unmerge(desk, _pair(given))


async def withdraw_judgement(desk: Desk, given: Given) -> str:
    key = str(parse_id(given["judgement"], "Judgement"))
    await decisions.withdraw(desk, key)
    return key


async def pin_value(desk: Desk, given: Given) -> str:
    type_, key = split_id(given["node"])
    table = getattr(NODES[type_].source, "name", "") if type_ in NODES else ""
    if table not in pins.PINNABLE:
        raise HubError(
            Code.BAD_ID,
            f"Values of a {type_[:40]!r} cannot be pinned. Give the id of a node that has "
            "`provenance`.",
        )
    return await pins.pin_value(
        desk,
        table,
        str(key),
        given["field"],
        given.get("value"),
        seen=_seen(given, "pin", "Pin"),
        note=given.get("note"),
    )


async def release_value(desk: Desk, given: Given) -> str:
    key = str(parse_id(given["pin"], "Pin"))
    await pins.release_value(desk, key)
    return key


async def undo_run(desk: Desk, given: Given) -> str:
    key = str(parse_id(given["run"], "Run"))
    await undoing.undo_run(desk, key)
    return key


MUTATIONS = (
    Mutation(
        "decideLink",
        "Judgement",
        "Judge two source records: the same, different, or left open; it outranks every rule and "
        "score and lasts until withdrawn 判定",
        (
            required_field("left", "ID", RECORD),
            required_field("right", "ID", RECORD),
            required_field("verdict", "Verdict", "What they are 判定"),
            input_field(
                "judgement",
                "ID",
                "The steward's judgement of the pair that you saw; without it a pair that is "
                "decided is not decided again 所见判定",
            ),
            NOTE,
        ),
        decide_link,
    ),
    Mutation(
        "unmerge",
        "Judgement",
        "Take back the decision that two records are the same: the rows become what the sources "
        "say 取消合并",
        (required_field("left", "ID", RECORD), required_field("right", "ID", RECORD)),
        unmerge,
    ),
    Mutation(
        "withdrawJudgement",
        "Judgement",
        "Take any judgement back that stands 撤回判定",
        (required_field("judgement", "ID", "Id of the Judgement 判定标识"),),
        withdraw_judgement,
    ),
    Mutation(
        "pinValue",
        "Pin",
        "Let a value win a field of a node over every record until released 固定值",
        (
            required_field("node", "ID", "Id of a node computed from records 节点标识"),
            required_field("field", "String", "Field of the node, as in the graph 字段"),
            input_field(
                "value", "JSON", "The value, as a source might write it; null: no value 值"
            ),
            input_field("pin", "ID", "The pin of the field that you saw 所见固定值"),
            NOTE,
        ),
        pin_value,
    ),
    Mutation(
        "releaseValue",
        "Pin",
        "Let the records win a field again 解除固定",
        (required_field("pin", "ID", "Id of the Pin 固定值标识"),),
        release_value,
    ),
    Mutation(
        "undoRun",
        "Run",
        "Undo a run of the last 90 days: everything becomes as if it had never been 撤销运行",
        (required_field("run", "ID", "Id of the Run 运行标识"),),
        undo_run,
    ),
)
