"""Danleng: the platform of online supervision, an HTTP API that also pushes what it hears today.

States are numbers, days are texts, co-signers stand in one comma list with empty parts. Its due
dates count from the acceptance; its letter C means that conditions are lacking.
"""

from __future__ import annotations

from datetime import date, timedelta

from demo.facts import Mandate
from demo.handling import Handover, Suggestion, make_due_soon, make_suggestions
from demo.numbers import make_credit_code, make_phone
from demo.systems import danleng_board
from demo.systems.suggestions import FROM_DANLENG
from demo.tables import Row, Tables
from demo.voices import Voice, make_voices
from demo.words import iso
from demo.works import MONTHS, STEPS, Vote, Work, make_votes
from demo.world import World

CODE = "511424"
SUGGESTIONS, VOICES, VOICES_TODAY = 180, 9000, 60
HANDLERS = (
    "丹棱县教育和体育局", "丹棱县交通运输局", "丹棱县民政局", "丹棱县农业农村局", "丹棱县水利局",
    "丹棱县卫生健康局", "丹棱县住房和城乡建设局", "丹棱县综合行政执法局", "丹棱县人民法院",
)  # fmt: skip
ROLES = {"SINGLE": 1, "LEAD": 2, "JOINT": 3, "SEPARATE": 4}
SATISFACTION = {"": None, "满意": 1, "基本满意": 2, "不满意": 3}
HANDLING, REPLIED, CLOSED = 5, 6, 7
FIRST_HANDLER_PHONE = 97_000_000
SESSIONS = {2025: 4, 2026: 5}
"""The number of the session in January of a year."""
VOICE_DAYS = 30
"""Within how many days an opinion is to be answered."""
HEARD_AND_ANSWERED = "已安排人员现场核实并处理。"
HEARD_IN_TOWN, HEARD_IN_COUNTY = 7, 9001
"""The opinion of a town and what it became in the county, from where it went to the province."""
ROAD = "橘橙产区机耕道硬化"
"""The project that came of it."""


def tables(world: World) -> Tables:
    """The collections behind the API."""
    suggestions = own_suggestions(world)
    votes = own_votes(world)
    works = [work for vote in votes for work in vote.works]
    return {
        "handlers": [handler(number, name) for number, name in enumerate(HANDLERS, 1)],
        "suggestions": [suggestion(item) for item in suggestions],
        "handovers": [handover(item, each) for item in suggestions for each in item.handovers],
        "opinions": [opinion(item) for item in voices(world)],
        "projects": [project(item, watching(world, item)) for item in works],
        "proposals": [proposal(world, item) for item in works],
        "ballots": [ballot(item) for item in votes],
        "votes": [line(vote, item) for vote in votes for item in vote.works],
        "milestones": [row for item in works for row in milestones(item)],
        "fundings": [row for item in works if item.is_chosen for row in fundings(item)],
        "evaluations": [row for vote in votes if vote.year == 2025 for row in evaluations(vote)],
        **danleng_board.tables(world, the_road(votes).number),
    }


def own_suggestions(world: World) -> list[Suggestion]:
    """The suggestions to the county's congress."""
    deputies = [item for item in world.held("COUNTY", CODE) if item.status == "ACTIVE"]
    own = make_suggestions(CODE, deputies, HANDLERS, SUGGESTIONS, counts_from_acceptance=True)
    return [*own, *make_due_soon(SUGGESTIONS + 1, deputies, HANDLERS)]


def handler(number: int, name: str) -> Row:
    """A body with its code and the phone of its office."""
    return {
        "id": number,
        "name": name,
        "code": make_credit_code(number),
        "tel": make_phone(FIRST_HANDLER_PHONE + number),
    }


def own_votes(world: World) -> list[Vote]:
    """The votes of the county and its towns; one project came of the province's suggestion."""
    votes = make_votes(CODE, [item for item in world.congresses_in(CODE) if item.end is None])
    road = the_road(votes)
    road.title, road.subject = f"{road.congress.place}{ROAD}", "交通"
    return votes


def the_road(votes: list[Vote]) -> Work:
    """The first project that was chosen."""
    return next(work for vote in votes for work in vote.works if work.is_chosen)


def voices(world: World) -> list[Voice]:
    """What was heard so far. Some went up to the county, some became suggestions."""
    heard = make_voices(world.places_of("STATION", CODE), VOICES)
    for item in heard[49::50]:
        item.state, item.suggestion = 8, 1 + item.number % SUGGESTIONS
        item.replied = item.closed = item.stars = None
    town = heard[HEARD_IN_TOWN - 1]
    town.state, town.up, town.text = 7, HEARD_IN_COUNTY, "橘橙产区机耕道泥泞，运输困难"
    town.replied = town.closed = town.stars = None
    county = make_voices([town.station], 1, HEARD_IN_COUNTY)[0]
    county.state, county.text, county.received = 8, "产区机耕道需要硬化", town.received
    return [*heard, county]


def today(world: World) -> Tables:
    """What the platform pushes: opinions of the last day, as records of the hub."""
    stations = world.places_of("STATION", CODE)
    return {"Opinions": [pushed(item) for item in make_voices(stations, VOICES_TODAY, 20_001)]}


def suggestion(item: Suggestion) -> Row:
    """One suggestion."""
    signers = ",,".join(str(signer.number) for signer in item.signers)
    return {
        "id": item.number,
        "title": item.title,
        "type": item.field,
        "leader": item.leader.number if item.leader else None,
        "delegation": None if item.leader else item.delegation,
        "signers": f"{signers},",
        "submitTime": iso(item.submitted),
        "acceptTime": iso(item.filed),
        "status": REPLIED if item.is_replied else HANDLING,
        "emphasis": int(item.is_key),
    }


def handover(item: Suggestion, each: Handover) -> Row:
    """One hand-over."""
    return {
        "id": each.number,
        "suggestionId": item.number,
        "handlerId": HANDLERS.index(each.handler) + 1,
        "handlerName": each.handler,
        "role": ROLES[each.role],
        "assignTime": iso(each.assigned),
        "acceptTime": iso(each.accepted),
        "deadline": iso(each.due),
        "difficult": int(each.is_difficult),
        "backTime": iso(each.return_asked),
        "replyTime": iso(each.replied),
        "replyType": each.reply_kind or None,
        "replyText": each.reply or None,
        "resultLevel": each.letter or None,
        "scoreTime": iso(each.judged),
        "attitude": SATISFACTION[each.attitude],
        "satisfied": SATISFACTION[each.result],
        "backReason": each.return_reason or None,
        "delayTime": iso(each.extension_asked),
        "delayTo": iso(each.extended_to),
        "againTime": iso(each.again),
        "scoreText": each.remark or None,
    }


def opinion(item: Voice) -> Row:
    """One opinion with the citizen, whom the hub keeps to itself."""
    body = item.number % len(HANDLERS) + 1 if item.replied else None
    return {
        "id": item.number,
        "code": item.station.code if item.number != HEARD_IN_COUNTY else CODE,
        "stationId": item.station.number,
        "name": item.citizen,
        "tel": item.phone,
        "village": item.village,
        "villageCode": item.station.village_code or None,
        "type": item.subject,
        "content": f"{item.citizen}反映：{item.village}{item.text}",
        "checked": f"{item.village}{item.text}",
        "channel": item.channel,
        "time": iso(item.received),
        "status": item.state,
        "replyTime": iso(item.replied),
        "closeTime": iso(item.closed),
        "no": f"民意{item.number:05}",
        "handlerId": body,
        "handlerName": HANDLERS[body - 1] if body else None,
        "deadline": iso(item.received + timedelta(days=VOICE_DAYS)) if body else None,
        "replyText": HEARD_AND_ANSWERED if body else None,
        "backTime": iso(item.closed),
        "satisfied": None if item.stars is None else 1 if item.stars > 3 else 2,
        "stars": item.stars,
        "upId": item.up,
        "suggestionId": item.suggestion,
        "provinceNo": f"J{FROM_DANLENG}" if item.number == HEARD_IN_COUNTY else None,
    }


def pushed(item: Voice) -> Row:
    """One opinion as a record of the hub."""
    return {
        "externalId": str(item.number),
        "divisionCode": item.station.code,
        "station": {"id": f"S{item.station.number}", "system": "danleng-deputies"},
        "village": item.village,
        "villageCode": item.station.village_code or None,
        "category": item.subject,
        "text": f"{item.citizen}反映：{item.village}{item.text}",
        "checkedText": f"{item.village}{item.text}",
        "citizenName": item.citizen,
        "citizenPhone": item.phone,
        "channel": item.channel,
        "state": "已登记",
        "sourceState": "2",
        "receivedAt": "2026-03-09",
    }


def watching(world: World, item: Work) -> list[Row]:
    """Who of its congress watches over a chosen project: one leads, until it is complete."""
    if not item.is_chosen:
        return []
    deputies = [each for each in world.in_congress(item.congress) if each.status == "ACTIVE"]
    first = item.number % (len(deputies) - 1)
    until = iso(item.steps[-1]) if len(item.steps) == len(STEPS) else None
    return [
        {"deputy": each.number, "role": role, "from": f"{item.year}-01-20", "to": until}
        for each, role in zip(deputies[first : first + 2], ("组长", "成员"), strict=True)
    ]


def project(item: Work, supervisors: list[Row]) -> Row:
    """One candidate or chosen project."""
    progress = 100 * len(item.steps) // len(STEPS)
    return {
        "id": item.number,
        "code": item.congress.code,
        "term": item.congress.term,
        "year": item.year,
        "title": item.title,
        "type": item.subject,
        "money": item.yuan,
        "status": 4 if not item.is_chosen else 7 if progress == 100 else 5,
        "progress": progress if item.is_chosen else None,
        "plan": f"{item.year}-11-30",
        "goal": f"{item.year}年11月底前完成{item.title}并验收",
        "planBegin": f"{item.year}-03-01",
        "handlerId": item.number % len(HANDLERS) + 1,
        "helpers": f"{item.congress.place}财政部门",
        "supervisors": supervisors,
        "begin": iso(item.steps[0]) if item.steps else "",
        "finish": iso(item.steps[-1]) if progress == 100 else "",
        "provinceNo": f"J{FROM_DANLENG}" if item.title.endswith(ROAD) else None,
    }


def proposer(world: World, item: Work) -> Mandate:
    """The deputy who put it."""
    deputies = [each for each in world.in_congress(item.congress) if each.status == "ACTIVE"]
    return deputies[item.number % len(deputies)]


def proposal(world: World, item: Work) -> Row:
    """What was proposed before the vote."""
    return {
        "id": item.number,
        "code": item.congress.code,
        "projectId": item.number,
        "title": item.title,
        "from": "群众" if item.number % 3 else "代表",
        "opinionId": item.number if item.number % 3 else None,
        "deputyId": None if item.number % 3 else proposer(world, item).number,
        "time": f"{item.year - 1}-09-{item.number % 28 + 1:02}",
    }


def ballot(item: Vote) -> Row:
    """One vote."""
    return {
        "id": item.number,
        "code": item.congress.code,
        "term": item.congress.term,
        "year": item.year,
        "date": iso(item.held),
        "session": SESSIONS[item.year],
        "candidates": len(item.works),
        "places": item.places,
        "should": item.congress.seats,
        "present": item.present,
    }


def line(vote: Vote, item: Work) -> Row:
    """The votes on one candidate."""
    return {
        "id": f"{vote.number}-{item.number}",
        "ballotId": vote.number,
        "projectId": item.number,
        "yes": item.votes[0],
        "no": item.votes[1],
        "abstain": item.votes[2],
        "rank": item.rank,
        "chosen": int(item.is_chosen),
    }


def milestones(item: Work) -> list[Row]:
    """The steps of a project so far."""
    return [
        {
            "id": f"{item.number}-{place}",
            "projectId": item.number,
            "name": STEPS[place],
            "plan": iso(date(item.year, MONTHS[place], 28)),
            "date": iso(day),
            "report": iso(day + timedelta(days=3)),
            "note": f"{STEPS[place]}，资料齐全",
            "percent": 100 * (place + 1) // len(STEPS),
        }
        for place, day in enumerate(item.steps)
    ]


def fundings(item: Work) -> list[Row]:
    """The money of a project: a third from the province."""
    upper, done = item.yuan // 3, len(item.steps)
    return [
        {
            "id": f"{item.number}-{place}",
            "projectId": item.number,
            "source": source,
            "plan": yuan,
            "paid": yuan * done // len(STEPS),
        }
        for place, source, yuan in (
            (1, "省级资金", upper),
            (2, "县级资金", item.yuan - upper),
        )
    ]


def evaluations(vote: Vote) -> list[Row]:
    """The county judges its list as a whole, the towns judge each project."""
    if vote.congress.level == "COUNTY":
        return [judgement(vote, f"L{vote.number}", None)]
    chosen = [work for work in vote.works if work.is_chosen]
    return [judgement(vote, f"P{work.number}", work.number) for work in chosen]


def judgement(vote: Vote, key: str, project: int | None) -> Row:
    """One judgement: nearly all are satisfied."""
    return {
        "id": key,
        "code": vote.congress.code,
        "year": vote.year,
        "projectId": project,
        "ballotId": None if project else vote.number,
        "date": f"{vote.year + 1}-01-15",
        "good": vote.present - 3,
        "fair": 3,
        "bad": 0,
    }
