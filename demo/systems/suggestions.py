"""Province: the system of deputies' suggestions, beside the platform that keeps the deputies.

The reply is due by the day of the hand-over; the result has the letters A to C, C for reference.
"""

from __future__ import annotations

from demo.handling import Handover, Suggestion, make_due_soon, make_suggestions
from demo.tables import Row, Tables
from demo.words import iso
from demo.world import World
from hub.divisions import add_months

CODE = "510000"
COUNT = 860
HANDLERS = (
    "四川省教育厅", "四川省交通运输厅", "四川省民政厅", "四川省农业农村厅", "四川省生态环境厅",
    "四川省卫生健康委员会", "四川省住房和城乡建设厅", "四川省文化和旅游厅", "四川省财政厅",
    "四川省经济和信息化厅", "四川省公安厅", "四川省水利厅", "四川省高级人民法院",
)  # fmt: skip
ROLES = {"SINGLE": "单办", "LEAD": "主办", "JOINT": "会办", "SEPARATE": "分办"}
LETTERS = {"A": "A", "B": "B", "C": "C", "D": "C"}
FROM_DANLENG = 861
"""The suggestion that an opinion heard in Danleng led to, and that led to a project there."""


def tables(world: World) -> Tables:
    """The collections behind the API."""
    all_made = made(world)
    return {
        "handlers": [
            {"id": f"B{number}", "name": name, "court": name.endswith("法院")}
            for number, name in enumerate(HANDLERS, 1)
        ],
        "suggestions": [suggestion(item) for item in all_made],
        "handovers": [handover(item, each) for item in all_made for each in item.handovers],
    }


def made(world: World) -> list[Suggestion]:
    """The suggestions of the province's deputies, and the one that came from Danleng."""
    deputies = [item for item in world.held("PROVINCE") if item.status == "ACTIVE"]
    own = make_suggestions("510000", deputies, HANDLERS, COUNT, counts_from_acceptance=False)
    soon = make_due_soon(FROM_DANLENG + 1, deputies, HANDLERS)
    for item in soon:
        (each,) = item.handovers
        each.due = add_months(each.assigned, 3)
    return [*own, from_danleng(own[0]), *soon]


def from_danleng(first: Suggestion) -> Suggestion:
    """The suggestion that came from an opinion of the public."""
    made = Suggestion(
        FROM_DANLENG,
        "关于支持丹棱橘橙产区机耕道硬化的建议",
        "交通运输",
        first.leader,
        first.delegation,
        [],
        first.submitted,
        True,
    )
    day = first.submitted
    made.handovers.append(
        Handover(
            FROM_DANLENG * 10, HANDLERS[1], "SINGLE", day, day, day.replace(year=day.year + 1),
            False, replied=first.submitted.replace(month=4), letter="A",
        )
    )  # fmt: skip
    return made


def suggestion(item: Suggestion) -> Row:
    """One suggestion."""
    return {
        "id": f"J{item.number}",
        "no": f"第{item.number:03}号",
        "title": item.title,
        "field": item.field,
        "session": item.session,
        "leaderId": f"D{item.leader.number}" if item.leader else None,
        "delegation": None if item.leader else item.delegation,
        "signerIds": [f"D{signer.number}" for signer in item.signers],
        "submitted": iso(item.submitted),
        "state": "已答复" if item.is_replied else "办理中",
        "key": item.is_key,
        "raisedBefore": item.raised_before,
        "kind": "建议",
        "summary": f"就{item.field}工作提出的建议",
        "filed": iso(item.filed),
        "arose": ("专题调研", "走访选民", "座谈")[item.number % 3],
        "open": "全文公开" if item.number % 3 else "仅公开标题",
        "text": f"{item.title}：建议省级有关部门研究办理。",
    }


def handover(item: Suggestion, each: Handover) -> Row:
    """One hand-over."""
    return {
        "id": f"T{each.number}",
        "suggestionId": f"J{item.number}",
        "handlerId": f"B{HANDLERS.index(each.handler) + 1}",
        "role": ROLES[each.role],
        "assigned": iso(each.assigned),
        "accepted": iso(each.accepted),
        "due": iso(each.due),
        "difficult": each.is_difficult,
        "consulted": iso(each.consulted),
        "returnAsked": iso(each.return_asked),
        "replied": iso(each.replied),
        "state": each.state,
        "replyKind": each.reply_kind or None,
        "reply": each.reply or None,
        "letter": LETTERS.get(each.letter),
        "judged": iso(each.judged),
        "attitude": each.attitude,
        "result": each.result,
        "contacted": iso(each.contacted),
        "consultation": each.consultation,
        "returnReason": each.return_reason,
        "extensionAsked": iso(each.extension_asked),
        "extendedTo": iso(each.extended_to),
        "again": iso(each.again),
        "remark": each.remark,
    }
