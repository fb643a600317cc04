"""What each system writes down of a mandate, with the dirt of its kind."""

from __future__ import annotations

import hmac
from datetime import date
from random import Random

from bench.linking.generator.names import decorate, lose, mistype, respell
from bench.linking.generator.people import SCHOOLS, TERMS, Job, Mandate, Person, office_phone

COLUMNS = (
    "record_id term name gender ethnicity birth id_no phone party education work_unit post "
    "division_code electoral_unit"
).split()
KEY = b"heldout-linkage-test-key"
"""Key of the hashed numbers in city.csv."""
ETHNICITY_CODES = {
    "汉族": "01",
    "回族": "03",
    "藏族": "04",
    "苗族": "06",
    "彝族": "07",
    "满族": "11",
    "羌族": "33",
}
PARTY_WORDS = {
    "中共党员": ("中共党员", "中共党员", "中共", "党员", "中国共产党"),
    "民盟": ("民盟", "中国民主同盟"),
    "民建": ("民建", "中国民主建国会"),
    "九三学社": ("九三学社", "九三"),
    "农工党": ("农工党", "中国农工民主党"),
}
SCHOOL_WORDS = {
    "高中": ("高中", "中专", "高中（中专）"),
    "大专": ("大专", "专科", "大学专科"),
    "本科": ("本科", "大学", "大学本科"),
    "硕士": ("硕士", "研究生", "硕士研究生"),
}
BLANK = {
    "province": {"gender": 0.005, "ethnicity": 0.005, "birth": 0.003, "phone": 0.4, "party": 0.04, "education": 0.04, "work": 0.0},
    "city": {"gender": 0.003, "ethnicity": 0.005, "birth": 0.004, "phone": 0.36, "party": 0.05, "education": 0.1, "work": 0.008},
    "county": {"gender": 0.005, "ethnicity": 0.01, "birth": 0.015, "phone": 0.33, "party": 0.11, "education": 0.16, "work": 0.03},
    "township": {"gender": 0.11, "ethnicity": 0.02, "birth": 0.03, "phone": 0.33, "party": 0.23, "education": 0.32, "work": 0.065},
}  # fmt: skip
FULL_ID = {"province": 0.63, "city": 0.51, "county": 0.45, "township": 0.41}
FULL_WIDTH = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")


def row_of(rng: Random, person: Person, mandate: Mandate, record_id: str) -> dict[str, str]:
    """One row as the system of the mandate writes it."""
    system, blank = mandate.system, BLANK[mandate.system]
    employer, post = work(rng, person.jobs[mandate.turn], person)
    said = {
        "gender": gender(rng, system, person),
        "ethnicity": ethnicity(rng, system, person),
        "birth": birth(rng, system, person.birth),
        "phone": phone(rng, person, mandate.turn),
        "party": rng.choice(PARTY_WORDS.get(person.party, (person.party,))),
        "education": education(rng, person.school),
    }
    for column in said:
        if rng.random() < blank[column]:
            said[column] = rng.choice(("", "", "", "无", "-")) if column == "phone" else ""
    if rng.random() < blank["work"]:
        employer = post = ""
    if said["party"] == "中共党员" and rng.random() < 0.04:
        said["party"] = "群众"
    code, unit = place(rng, mandate, person)
    return {
        "record_id": record_id,
        "term": str(TERMS[system][mandate.turn]),
        "name": name(rng, person),
        **said,
        "id_no": id_number(rng, system, person),
        "work_unit": employer,
        "post": post,
        "division_code": code,
        "electoral_unit": unit,
    }


def name(rng: Random, person: Person) -> str:
    written = person.name
    drawn = rng.random()
    if drawn < 0.016:
        written = mistype(rng, written)
    elif drawn < 0.03:
        written = respell(rng, written)
    elif drawn < 0.0315 or (drawn < 0.3 and any(char in "翀喆祎赟垚" for char in written)):
        written = lose(rng, written)
    return decorate(rng, written, person.gender, person.ethnicity)


def gender(rng: Random, system: str, person: Person) -> str:
    stated = person.gender if rng.random() > 0.003 else {"男": "女", "女": "男"}[person.gender]
    return {"男": "1", "女": "2"}[stated] if system == "city" else stated


def ethnicity(rng: Random, system: str, person: Person) -> str:
    stated = person.ethnicity
    if rng.random() < (0.03 if stated != "汉族" else 0.001):
        stated = "汉族" if stated != "汉族" else rng.choice(("彝族", "回族"))
    if system == "city":
        return ETHNICITY_CODES[stated]
    return stated.removesuffix("族") if system == "county" and rng.random() < 0.6 else stated


def slip(rng: Random, day: date) -> date:
    """A date with one part wrong."""
    drawn = rng.random()
    try:
        if drawn < 0.45:
            return day.replace(month=(day.month + rng.choice((-1, 1)) - 1) % 12 + 1)
        if drawn < 0.75:
            return day.replace(year=day.year + rng.choice((-1, 1, -2, 2, -10, 10)))
        if drawn < 0.9:
            return day.replace(month=rng.randint(1, 12))
        return day.replace(day=rng.randint(1, 28))
    except ValueError:
        return day


BIRTH_SHAPES = {
    "province": ((0.85, "{0:%Y-%m-%d}"), (1.0, "{0:%Y-%m}")),
    "city": ((0.65, "{0:%Y%m%d}"), (1.0, "{0:%Y%m}")),
    "county": (
        (0.5, "{0:%Y.%m}"),
        (0.75, "{0:%Y-%m}"),
        (0.81, "{0.year}.{0.month}"),
        (0.94, "{0:%Y-%m-%d}"),
        (1.0, "{0.year}.{0.month}.{0.day}"),
    ),
    "township": (
        (0.42, "{0:%Y.%m}"),
        (0.85, "{0.year}年{0.month}月"),
        (0.95, "{0.year}年"),
        (1.0, "{0.year}/{0.month}/{0.day}"),
    ),
}


def birth(rng: Random, system: str, day: date) -> str:
    """A date in the precision and the shapes of a system."""
    if rng.random() < 0.018:
        day = slip(rng, day)
    drawn = rng.random()
    shape = next(shape for share, shape in BIRTH_SHAPES[system] if drawn <= share)
    return shape.format(day)


def id_number(rng: Random, system: str, person: Person) -> str:
    """The number whole, hashed, masked, mistyped, copied down, a placeholder, or nothing."""
    number, drawn = person.id_number, rng.random()
    if drawn < FULL_ID[system]:
        return whole(rng, system, number)
    drawn = (drawn - FULL_ID[system]) / (1 - FULL_ID[system])
    if drawn < 0.1:
        return f"{number[:6]}********{number[-4:]}"
    if drawn < 0.14:
        return f"{number[:14]}****"
    if drawn < 0.17:
        return f"{number[:4]}***********{number[-3:]}"
    return number[-4:] if drawn < 0.2 else ""


def whole(rng: Random, system: str, number: str) -> str:
    drawn = rng.random()
    if drawn < 0.002:
        return rng.choice(("510000190001010000", "111111111111111111", "000000000000000000"))
    if system == "city":
        return hmac.new(KEY, number.encode(), "sha256").hexdigest()
    if drawn < 0.011:
        place = rng.randrange(17)
        typed = str(rng.randrange(10)) if drawn < 0.008 else ""
        return number[:place] + typed + number[place + 1 :]
    if drawn < 0.014 and number[6:8] == "19":
        return number[:6] + number[8:17]
    if drawn < 0.04:
        return rng.choice((number.translate(FULL_WIDTH), f"{number[:6]} {number[6:14]} {number[14:]}", f"'{number}", number.lower()))  # fmt: skip
    return number


def phone(rng: Random, person: Person, turn: int) -> str:
    number, drawn = person.phones[turn], rng.random()
    office = office_phone(person.town, rng.randrange(3))
    if drawn < 0.05:
        return f"{office[:4]}-{office[4:]}"
    if drawn < 0.02 + 0.05:
        return f"{number}/{office[:4]}-{office[4:]}"
    if drawn < 0.08:
        return "00000000000"
    if drawn < 0.14:
        return rng.choice((f"{number[:3]} {number[3:7]} {number[7:]}", f"{number[:3]}-{number[3:7]}-{number[7:]}", f"+86{number}"))  # fmt: skip
    return number


def education(rng: Random, school: int) -> str:
    if rng.random() < 0.012:
        school = max(0, min(5, school + rng.choice((-1, 1))))
    word = SCHOOLS[school]
    return rng.choice(SCHOOL_WORDS.get(word, (word,)))


SHORT = (
    ("村民委员会", ("村民委员会", "村委会", "村", "村党支部")),
    ("人民政府", ("人民政府", "政府", "党委")),
    ("有限公司", ("有限公司", "有限责任公司", "公司", "")),
)


def work(rng: Random, job: Job, person: Person) -> tuple[str, str]:
    """Employer and post, in one text or two, with more or less before them."""
    before = job.before[rng.randint(0, len(job.before)) :]
    employer = job.employer
    for long, forms in SHORT:
        if employer.endswith(long) and rng.random() < 0.4:
            employer = employer.removesuffix(long) + rng.choice(forms)
    posts = list(job.posts)
    if len(posts) > 1 and rng.random() < 0.3:
        posts = posts[::-1] if rng.random() < 0.5 else posts[:1]
    post = rng.choice(("、", "，", ",")).join(posts)
    text = "".join(before) + employer
    return (text + post, "") if rng.random() < 0.35 else (text, post)


def place(rng: Random, mandate: Mandate, person: Person) -> tuple[str, str]:
    """Division code and electoral unit."""
    town = mandate.town
    if mandate.system == "township":
        own = person.village if town is person.town else rng.choice(town.villages)
        district = own if rng.random() < 0.4 else f"第{rng.randint(1, 28)}"
        return town.code, district + "选区"
    if mandate.system == "county":
        district = (
            f"第{rng.randint(1, 180)}"
            if rng.random() < 0.5
            else f"{town.name}第{rng.randint(1, 9)}"
        )
        return town.county, district + "选区"
    unit = town.county_name if mandate.system == "city" else town.prefecture_name
    code = town.prefecture if mandate.system == "city" else town.county[:2] + "0000"
    return code, unit + ("代表团" if rng.random() < 0.2 else "")
