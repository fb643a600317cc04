"""`explainLink`: what speaks for two records being of one, and what against, as a waterfall."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from hub.linking import Explanation, FieldEvidence
from hub.passes import explain_pair
from hub.subjects.stewardship import Agreement
from resolvers.context import Access, Context
from resolvers.graph.fields import TYPES, Answer, Answered, Given, argument, field, object_type
from schema.enums import enum_type
from schema.ids import parse_id
from schema.provenance import DAY_OF_BIRTH, RESTRICTED_FIELDS
from schema.registry import NODES

STANDING = """
SELECT id::text FROM judgement
WHERE left_id = least($1::uuid, $2::uuid) AND right_id = greatest($1::uuid, $2::uuid)
  AND superseded_at IS NULL AND withdrawn_at IS NULL
"""
LINKED = """
SELECT count(DISTINCT coalesce(person_id, entity_id)) = 1 FROM source_record
WHERE id IN ($1::uuid, $2::uuid)
"""


@dataclass(frozen=True, slots=True)
class Shown:
    """An explanation with what the store says of the pair."""

    left: str
    right: str
    explanation: Explanation
    is_linked: bool
    judgement: str | None


def explain_field() -> Answered:
    """Create the root field and what it returns."""
    TYPES["Agreement"] = enum_type(Agreement)
    create_evidence()
    create_explanation()
    sides = [
        argument(side, "ID", "Id of a SourceRecord 来源记录标识") for side in ("left", "right")
    ]
    words = "What speaks for two records being of one person or place, and what against 关联依据"
    return field("explainLink", "LinkExplanation", words, _explain, sides)


def create_evidence() -> None:
    """Create LinkEvidence."""
    value = "null where it states none, or where it is restricted"
    object_type(
        "LinkEvidence",
        "One field compared: one bar of the waterfall 比对项",
        (
            field("field", "String", "Field of the records 字段", lambda it, *_: it.field),
            field("left", "JSON | None", f"Value of the left record; {value} 左值", _value("left")),
            field(
                "right", "JSON | None", f"Value of the right record; {value} 右值", _value("right")
            ),
            field("agreement", "Agreement", "How they agree 比对结果", lambda it, *_: it.agreement),
            field(
                "detail",
                "String | None",
                "How they agree in words; null where there is no more to say 比对说明",
                lambda it, *_: it.detail,
            ),
            field(
                "weight",
                "Float",
                "What it adds, in bits: above 0 for one, below 0 for two 权重",
                lambda it, *_: it.weight,
            ),
        ),
    )


def _value(side: str) -> Answer:
    def answer(item: FieldEvidence, context: Context, _given: Given) -> object:
        value: object = getattr(item, side)
        if context.access.reads_restricted or value is None:
            return value
        if item.field in RESTRICTED_FIELDS:
            return None
        return str(value)[:7] if item.field == DAY_OF_BIRTH else value

    return answer


def _explained(name: str, words: str, description: str) -> Answered:
    """A field of the explanation itself."""
    return field(name, words, description, lambda it, *_: getattr(it.explanation, name))


def create_explanation() -> None:
    """Create LinkExplanation."""
    object_type(
        "LinkExplanation",
        "The evidence on two records; total = prior + the weights of all evidence 关联说明",
        (
            field("left", "SourceRecord", "The left record 左记录", _record("left")),
            field("right", "SourceRecord", "The right record 右记录", _record("right")),
            _explained("prior", "Float", "Weight before anything is compared, in bits 先验权重"),
            field(
                "evidence",
                "list[LinkEvidence]",
                "Every field compared, in order 比对项",
                lambda it, *_: it.explanation.compared,
            ),
            _explained("total", "Float", "All weights, in bits 总权重"),
            _explained(
                "probability", "Float", "Probability that they are of one, by the weights 概率"
            ),
            _explained("rules", "list[String]", "Rules that decide whatever the weights 适用规则"),
            field(
                "isLinked",
                "Boolean",
                "Whether they belong to one person or place now 是否已关联",
                lambda it, *_: it.is_linked,
            ),
            field(
                "judgement",
                "Judgement | None",
                "The judgement of the pair that stands 有效判定",
                _judgement,
            ),
        ),
    )


def _record(side: str) -> Answer:
    async def answer(shown: Shown, context: Context, _given: Given) -> object:
        return await context.loaders.node(NODES["SourceRecord"], UUID(getattr(shown, side)))

    return answer


async def _judgement(shown: Shown, context: Context, _given: Given) -> object:
    if shown.judgement is None:
        return None
    return await context.loaders.node(NODES["Judgement"], UUID(shown.judgement))


HIDDEN = {*RESTRICTED_FIELDS, "nationalId"}
"""Fields whose agreement tells of values that not everyone reads."""

SUMS = ("together", "limit")
"""Bars that such values have a part in."""

OF_NUMBERS = "The national ids"


def without_hidden(told: Explanation, hidden: Collection[str]) -> Explanation:
    """An explanation as if no record stated a value of the fields `hidden`."""
    bars = [
        FieldEvidence(bar.field, None, None, Agreement.MISSING, 0.0) if bar.field in hidden else bar
        for bar in told.compared
        if bar.field not in SUMS
    ]
    rules = [rule for rule in told.rules if not rule.startswith(OF_NUMBERS)]
    return Explanation(told.prior, bars, rules)


def shown_to(access: Access, told: Explanation) -> Explanation:
    """What a caller is told of an explanation.

    Births are compared with those in ID numbers too: of them only a steward is told, who decides.
    """
    if access.reads_restricted:
        return told
    return without_hidden(told, HIDDEN if access.steward else HIDDEN | {DAY_OF_BIRTH})


async def _explain(_root: object, context: Context, given: Given) -> Shown:
    left, right = (str(parse_id(given[side], "SourceRecord")) for side in ("left", "right"))
    async with context.database.driver() as driver:
        explanation = await explain_pair(driver, context.hub.divisions, left, right)
        return Shown(
            left,
            right,
            shown_to(context.access, explanation),
            await driver.fetchval(LINKED, left, right),
            await driver.fetchval(STANDING, left, right),
        )
