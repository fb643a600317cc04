"""Suggestions of the invented world and how they are handled, before any system."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field as column
from datetime import date, timedelta
from random import Random

from demo.chance import chance
from demo.facts import Mandate
from hub.divisions import add_months

FIRST_DAY = date(2025, 1, 13)
"""First day on which a suggestion is put; every day by law lies before the middle of 2026."""
THEMES = (
    ("加快{}农村公路养护", "交通运输"), ("完善{}社区养老服务设施", "民政"),
    ("改善{}乡村学校取暖条件", "教育"), ("支持{}特色水果冷链建设", "农业农村"),
    ("加强{}饮用水水源保护", "生态环境"), ("提升{}乡镇卫生院诊疗能力", "卫生健康"),
    ("推进{}老旧小区改造", "住房城乡建设"), ("保护和利用{}历史文化遗产", "文化旅游"),
    ("扶持{}中小企业融资", "经济和信息化"), ("整治{}城区交通拥堵", "公安"),
)  # fmt: skip
PLACES = (
    "川北山区",
    "成渝腹地",
    "涪江沿岸",
    "嘉陵江流域",
    "丘陵地区",
    "老区",
    "城乡结合部",
    "高海拔县",
)
SCENARIOS = ("SINGLE",) * 6 + ("LEAD",) * 3 + ("SEPARATE",) * 2
LETTERS = "AAABBBCCD"
NO_FEEDBACK = 0.27
"""Share of replies that no deputy judges (domain: Sichuan 2016, 279 of 1,034)."""
REPLIES = {
    "A": "所提问题已经解决，有关措施已落实到位。",
    "B": "所提问题正在解决，已列入本年度工作安排。",
    "C": "所提问题因条件限制暂不能解决，留作工作参考。",
    "D": "所提意见已收悉，留作工作参考。",
}
JUDGEMENTS = ("满意",) * 8 + ("基本满意",) * 3 + ("不满意",)


@dataclass(slots=True)
class Handover:
    """A suggestion in the hands of one body; `due` is what the source takes for the last day."""

    number: int
    handler: str
    role: str
    assigned: date
    accepted: date
    due: date
    is_difficult: bool
    consulted: date | None = None
    return_asked: date | None = None
    replied: date | None = None
    letter: str = ""
    judged: date | None = None
    attitude: str = ""
    result: str = ""

    @property
    def state(self) -> str:
        """The state in the words of most systems."""
        if self.return_asked is not None:
            return "申请退回"
        return "已答复" if self.replied else "办理中"

    @property
    def reply_kind(self) -> str:
        """What was given: a reply, or an opinion to the leading handler; empty for nothing."""
        if self.replied is None:
            return ""
        return "会办意见" if self.role == "JOINT" else "正式答复"

    @property
    def reply(self) -> str:
        """What was replied; empty for nothing."""
        return REPLIES[self.letter] if self.replied else ""


@dataclass(slots=True)
class Suggestion:
    """One suggestion: of a deputy, or of a delegation where `leader` is none."""

    number: int
    title: str
    field: str
    leader: Mandate | None
    delegation: str
    signers: list[Mandate]
    submitted: date
    is_key: bool
    raised_before: int = 0
    handovers: list[Handover] = column(default_factory=list)

    @property
    def is_replied(self) -> bool:
        """Whether everybody who owes a reply has given it."""
        return all(item.replied for item in self.handovers if item.return_asked is None)


def make_suggestions(
    subject: str,
    deputies: Sequence[Mandate],
    handlers: Sequence[str],
    count: int,
    *,
    counts_from_acceptance: bool,
) -> list[Suggestion]:
    """`count` suggestions of `deputies`, handed over to `handlers`, the same in every run."""
    rng = chance(f"suggestions-{subject}")
    made = [make_suggestion(rng, number, deputies) for number in range(1, count + 1)]
    for item in made:
        hand_over(rng, item, handlers, counts_from_acceptance=counts_from_acceptance)
    return made


def make_suggestion(rng: Random, number: int, deputies: Sequence[Mandate]) -> Suggestion:
    """One suggestion; every fortieth is a delegation's."""
    theme, work = rng.choice(THEMES)
    leader = rng.choice(deputies)
    return Suggestion(
        number,
        f"关于{theme.format(rng.choice(PLACES))}的建议",
        work,
        None if number % 40 == 0 else leader,
        leader.delegation,
        rng.sample(deputies, rng.choice((0, 0, 1, 2, 5))),
        FIRST_DAY + timedelta(days=rng.randrange(120)),
        number % 25 == 0,
        number % 3 if number % 10 == 0 else 0,
    )


def hand_over(
    rng: Random, item: Suggestion, handlers: Sequence[str], *, counts_from_acceptance: bool
) -> None:
    """Give a suggestion to one handler, to a leading one with others, or to several apart."""
    scenario = rng.choice(SCENARIOS)
    number = {"SINGLE": 1, "LEAD": rng.choice((2, 3)), "SEPARATE": 2}[scenario]
    assigned = item.submitted + timedelta(days=rng.randrange(5, 20))
    for place, handler in enumerate(rng.sample(handlers, number)):
        role = "JOINT" if scenario == "LEAD" and place else scenario
        made = open_handover(rng, item, place, handler, role, assigned)
        months = 6 if made.is_difficult else 3
        made.due = add_months(made.accepted if counts_from_acceptance else assigned, months)
        answer(rng, made)
        item.handovers.append(made)
    if scenario == "LEAD" and number == 3 and item.number % 5 == 0:
        give_back(item.handovers[-1])


def open_handover(
    rng: Random, item: Suggestion, place: int, handler: str, role: str, assigned: date
) -> Handover:
    """A hand-over that nobody has answered yet."""
    accepted = assigned + timedelta(days=rng.randrange(1, 15))
    is_difficult = rng.random() < 0.08
    return Handover(
        item.number * 10 + place, handler, role, assigned, accepted, accepted, is_difficult
    )


def answer(rng: Random, item: Handover) -> None:
    """The reply and its judgement; 6 of 100 replies never come."""
    if rng.random() < 0.06:
        return
    item.consulted = item.accepted + timedelta(days=10) if item.role != "JOINT" else None
    item.replied = item.accepted + timedelta(days=rng.randrange(20, 110))
    item.letter = rng.choice(LETTERS)
    if rng.random() >= NO_FEEDBACK:
        item.judged = item.replied + timedelta(days=rng.randrange(3, 20))
        item.attitude, item.result = rng.choice(JUDGEMENTS), rng.choice(JUDGEMENTS)


def give_back(item: Handover) -> None:
    """One of two joint handlers says that it is not theirs."""
    item.return_asked = item.accepted + timedelta(days=3)
    item.replied = item.judged = item.consulted = None
    item.letter = item.attitude = item.result = ""
