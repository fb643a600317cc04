"""Danleng: the register of motions of the county and its towns, served beside the platform.

Joint proposers stand in one comma list, or only their number does. What the presidium turned into a
suggestion goes on in the platform, under the number there.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from demo.chance import chance
from demo.facts import Congress, Mandate
from demo.handling import Suggestion
from demo.systems.platform import CODE, HANDLERS, own_suggestions
from demo.tables import Row, Tables
from demo.words import iso
from demo.world import World

YEAR, SESSION = 2025, 4
OPENED, CLOSED = date(YEAR, 1, 14), date(YEAR, 1, 17)
DEADLINE, DECIDED = date(YEAR, 1, 15), date(YEAR, 1, 16)
BY_DEPUTIES, BY_GOVERNMENT, BY_STANDING_COMMITTEE, BY_SPECIAL_COMMITTEE, BY_PRESIDIUM = range(1, 6)
SUBMITTED, REFERRED, ON_AGENDA, AS_SUGGESTION, DONE, PASSED, WITHDRAWN = range(1, 8)
COUNTY, TOWN = 10, 5
"""How many deputies it takes."""
REFERRALS = (
    ("制定丹棱县橘橙产业发展促进办法", "经济建设", "县人大农业与农村委员会", 14, DONE),
    ("加强丹棱县饮用水水源地保护监督", "生态环境", "县人大城乡建设环境资源保护委员会", 11, DONE),
    ("推进丹棱县学前教育普及普惠", "社会建设", "县人大教育科学文化卫生委员会", 10, REFERRED),
    ("建立丹棱县政府债务定期报告制度", "财政经济", "县人大财政经济委员会", 12, REFERRED),
)
ORGANS = (
    (BY_GOVERNMENT, "丹棱县人民政府", "审查丹棱县国土空间总体规划", ON_AGENDA),
    (BY_STANDING_COMMITTEE, "丹棱县人大常委会", "修订丹棱县民生实事项目票决办法", PASSED),
    (BY_SPECIAL_COMMITTEE, "县人大财政经济委员会", "加强县级预算审查监督", PASSED),
    (BY_PRESIDIUM, "大会主席团", "设立丹棱县人大社会建设委员会", PASSED),
)
TOO_FEW, TOO_FEW_IN_TOWN = 7, 4
"""Deputies of two motions that lack some."""
TURNED = 6
MATTERS = ("修建村级文化广场", "整治场镇占道经营", "硬化入户道路")


def tables(world: World) -> Tables:
    """The sessions, and the motions put to them."""
    congresses = [item for item in world.congresses_in(CODE) if item.end is None]
    rows = [*county_motions(world), *town_motions(world, congresses)]
    return {
        "sessions": [session(item) for item in congresses],
        "motions": [{"id": number, **row} for number, row in enumerate(rows, 1)],
    }


def session(congress: Congress) -> Row:
    """The session of a congress in January."""
    return {
        "id": congress.code,
        "term": congress.term,
        "number": SESSION,
        "name": f"{congress.name}第四次会议",
        "from": iso(OPENED),
        "to": iso(CLOSED),
        "agenda": "听取和审查政府工作报告；票决民生实事项目；选举",
    }


def motion(congress: Congress, title: str, category: str, source: int, status: int) -> Row:
    """One motion, handed in on the first day."""
    return {
        "code": congress.code,
        "term": congress.term,
        "title": f"关于{title}的议案",
        "type": category,
        "summary": f"建议{title}",
        "text": f"案由：{title}。案据：调研情况。方案：列入年度计划。",
        "source": source,
        "sourceName": None,
        "leader": None,
        "signers": "",
        "signCount": None,
        "status": status,
        "submitTime": iso(OPENED),
        "deadline": iso(DEADLINE),
        "decideTime": None if status == SUBMITTED else iso(DECIDED),
        "unit": None,
        "referTime": None,
        "reportUnit": None,
        "reportTime": None,
        "handlerId": None,
        "suggestionId": None,
        "closeTime": None,
    }


def joint(rng: Random, row: Row, deputies: Sequence[Mandate], number: int) -> Row:
    """The motion with `number` deputies: who leads, and the others."""
    leader, *others = rng.sample(deputies, number)
    signers = ",".join(str(other.number) for other in others)
    return row | {"leader": leader.number, "signers": signers}


def county_motions(world: World) -> list[Row]:
    """The motions to the county's congress."""
    rng, congress = chance("motions-511424"), world.congress(CODE)
    deputies = [item for item in world.in_congress(congress) if item.status == "ACTIVE"]
    rows = [
        joint(
            rng,
            referred(motion(congress, title, subject, BY_DEPUTIES, status), unit),
            deputies,
            number,
        )
        for title, subject, unit, number, status in REFERRALS
    ]
    suggestions = [item for item in own_suggestions(world) if item.leader][:TURNED]
    rows += [turned(rng, congress, item, deputies) for item in suggestions]
    for source, name, title, status in ORGANS:
        made = motion(congress, title, "大会事项", source, status)
        rows.append(made | {"sourceName": name})
    few = motion(congress, "增设县域公交线路", "社会建设", BY_DEPUTIES, SUBMITTED)
    rows.append(joint(rng, few, deputies, TOO_FEW))
    late = motion(congress, "规范物业服务管理", "社会建设", BY_DEPUTIES, WITHDRAWN)
    leader = rng.choice(deputies).number
    rows.append(late | {"leader": leader, "signCount": COUNTY, "submitTime": iso(DECIDED)})
    untold = motion(congress, "保护传统村落", "文化旅游", BY_DEPUTIES, REFERRED)
    rows.append(untold | {"leader": rng.choice(deputies).number})
    return rows


def referred(row: Row, unit: str) -> Row:
    """The motion in the hands of a committee, which has reported where the motion is done."""
    row |= {"unit": unit, "referTime": iso(CLOSED)}
    if row["status"] == DONE:
        reported = CLOSED + timedelta(days=150)
        row |= {"reportUnit": unit, "reportTime": iso(reported), "closeTime": iso(reported)}
    return row


def turned(rng: Random, congress: Congress, item: Suggestion, deputies: list[Mandate]) -> Row:
    """A motion that the presidium made a suggestion, which its first handler deals with."""
    title = item.title.removeprefix("关于").removesuffix("的建议")
    leader = item.leader
    others = rng.sample([each for each in deputies if each is not leader], COUNTY - 1)
    handler = item.handovers[0].handler
    return motion(congress, title, item.field, BY_DEPUTIES, AS_SUGGESTION) | {
        "leader": leader.number if leader else None,
        "signers": ",".join(str(other.number) for other in others),
        "handlerId": HANDLERS.index(handler) + 1,
        "unit": handler,
        "suggestionId": item.number,
    }


def town_motions(world: World, congresses: Sequence[Congress]) -> list[Row]:
    """Motions to the congresses of towns: five deputies each, but four in the last."""
    rng = chance("motions-towns-511424")
    towns = [item for item in congresses if item.level == "TOWNSHIP"]
    rows: list[Row] = []
    for place, congress in enumerate(towns):
        deputies = [item for item in world.in_congress(congress) if item.status == "ACTIVE"]
        made = motion(congress, MATTERS[place % 3], "社会建设", BY_DEPUTIES, SUBMITTED)
        rows.append(
            joint(rng, made, deputies, TOWN if congress is not towns[-1] else TOO_FEW_IN_TOWN)
        )
    return rows
