"""Suggestions of the invented world and how they are handled, before any system."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field as column
from datetime import date, datetime, timedelta
from random import Random

from demo.chance import chance
from demo.facts import Mandate
from demo.words import CHINA
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
DUE_IN = (4, 7, 10, 13)
"""In how many days the replies are due that nobody has given yet."""
NO_FEEDBACK = 0.27
"""Share of replies that no deputy judges (domain: Sichuan 2016, 279 of 1,034)."""
REPLIES = {
    "A": "所提问题已经解决，有关措施已落实到位。",
    "B": "所提问题正在解决，已列入本年度工作安排。",
    "C": "所提问题因条件限制暂不能解决，留作工作参考。",
    "D": "所提意见已收悉，留作工作参考。",
}
REMARKS = {
    "基本满意": "希望继续跟踪落实。",
    "不满意": "答复未回应核心问题。",
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
    again: date | None = None
    extension_asked: date | None = None
    extended_to: date | None = None

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
        if self.role == "JOINT":
            return "会办意见"
        return "再次答复" if self.again else "正式答复"

    @property
    def reply(self) -> str:
        """What was replied; empty for nothing."""
        return REPLIES[self.letter] if self.replied else ""

    @property
    def contacted(self) -> date:
        """The day on which the handler first spoke to the deputy."""
        return self.accepted + timedelta(days=5)

    @property
    def consultation(self) -> str:
        """What came of the talk face to face; empty where there was none."""
        return "与领衔代表当面沟通，就办理思路达成一致。" if self.consulted else ""

    @property
    def return_reason(self) -> str:
        """Why it was given back; empty where it was not."""
        return "不属于本单位职责范围" if self.return_asked else ""

    @property
    def remark(self) -> str:
        """What the deputy said to the judgement; empty for those who were satisfied."""
        return REMARKS.get(self.result, "")


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
    session: int | None = 3
    handovers: list[Handover] = column(default_factory=list)

    @property
    def filed(self) -> date:
        """The day it was accepted: soon, and before anybody got it."""
        first = min(item.assigned for item in self.handovers)
        return min(self.submitted + timedelta(days=3), first)

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


def today() -> date:
    """The day in China on which the demonstration is made."""
    return datetime.now(CHINA).date()


def make_due_soon(
    first: int, deputies: Sequence[Mandate], handlers: Sequence[str]
) -> list[Suggestion]:
    """Suggestions put between sessions whose replies are due by law within the next 14 days.

    The shorter months cost up to three days: none is due before tomorrow.
    """
    made = []
    for place, days in enumerate(DUE_IN):
        assigned = add_months(today() + timedelta(days=days), -3)
        leader, (theme, work) = deputies[place], THEMES[place]
        made.append(
            Suggestion(
                first + place, f"关于{theme.format(PLACES[place])}的建议", work, leader,
                leader.delegation, [], assigned - timedelta(days=5), is_key=False, session=None,
            )
        )  # fmt: skip
        accepted = assigned + timedelta(days=4)
        made[-1].handovers.append(
            Handover(
                (first + place) * 10, handlers[place], "SINGLE", assigned, accepted,
                add_months(accepted, 3), is_difficult=False,
            )
        )  # fmt: skip
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
        settle(made, counts_from_acceptance=counts_from_acceptance)
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


def settle(item: Handover, *, counts_from_acceptance: bool) -> None:
    """Ask for the time of what is difficult; handle again every other one that did not satisfy."""
    if item.is_difficult and item.role != "JOINT":
        item.extension_asked, item.extended_to = item.assigned + timedelta(days=60), item.due
    if item.result == "不满意" and item.judged and item.role != "JOINT" and item.number // 10 % 2:
        item.again = item.judged + timedelta(days=4)
        begun = item.again + timedelta(days=2 if counts_from_acceptance else 0)
        item.due = add_months(begun, 3)
        item.replied = item.again + timedelta(days=30)
        item.judged, item.result = item.replied + timedelta(days=10), "基本满意"


def give_back(item: Handover) -> None:
    """One of two joint handlers says that it is not theirs."""
    item.return_asked = item.accepted + timedelta(days=3)
    item.replied = item.judged = item.consulted = None
    item.letter = item.attitude = item.result = ""
