"""The people: who they are, where they work, which mandates they hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random

from bench.linking.generator.names import make_name
from bench.linking.generator.places import Town
from hub.values.national_ids import check_character

SYSTEMS = ("province", "city", "county", "township")
TERMS = {"province": (13, 14), "city": (7, 8), "county": (18, 19), "township": (19, 20)}
PARTIES = (
    ("中共党员", 0.66),
    ("群众", 0.2),
    ("无党派", 0.06),
    ("民盟", 0.03),
    ("民建", 0.02),
    ("九三学社", 0.02),
    ("农工党", 0.01),
)
SCHOOLS = ("小学", "初中", "高中", "大专", "本科", "硕士")
SCHOOL_WEIGHTS = {
    "township": (12, 25, 26, 25, 11, 1),
    "county": (4, 13, 17, 32, 25, 9),
    "city": (2, 5, 12, 24, 38, 19),
    "province": (1, 3, 8, 14, 42, 32),
}
MINORITIES = {"513": "藏族 藏族 羌族", "5134": "彝族 彝族 藏族", "5133": "藏族"}
FIRM = "泰昌 康兴 盛丰 瑞盛 天发 鑫源 渝润 川润 蜀信 富隆 锦业 岷丰 天润 巴信 永通 川诚 蜀利 永康".split()
TRADE = "农业开发 物流 商贸 房地产开发 食品 畜牧 种养殖 水泥 电子 中药材 生物科技 建筑工程".split()
BUREAUS = "财政局 教育局 民政局 司法局 水务局 商务局 林业局 审计局 统计局 税务局 信访局 总工会 乡村振兴局 自然资源局 交通运输局 卫生健康局 应急管理局 生态环境局 妇女联合会 残疾人联合会 人民医院 中医医院 妇幼保健院 人民法院 人民检察院".split()  # fmt: skip


@dataclass(frozen=True, slots=True)
class Job:
    """Employer with what may stand before it, and posts; `office` is its phone, if shared."""

    before: tuple[str, ...]
    employer: str
    posts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mandate:
    """One mandate: the system that records it, the town it hangs on, 0 for the last term or 1."""

    system: str
    town: Town
    turn: int


@dataclass(slots=True)
class Person:
    """One invented person. Lists of two hold the state in the last and in the present term."""

    key: str
    name: str
    gender: str
    ethnicity: str
    birth: date
    id_number: str
    party: str
    school: int
    town: Town
    village: str
    phones: list[str]
    jobs: list[Job]
    mandates: list[Mandate] = field(default_factory=list)


def make_people(rng: Random, towns: Sequence[Town], count: int) -> Iterator[Person]:
    """`count` people; some are kin of the one before them, some share name and month of birth."""
    last: Person | None = None
    for number in range(count):
        key = f"H{number:07}"
        drawn = rng.random()
        if last is not None and drawn < 0.03:
            last = kin_of(rng, key, last)
        elif last is not None and drawn < 0.0305:
            last = namesake_of(rng, key, last, towns)
        else:
            last = make_person(rng, key, rng.choice(towns))
        last.mandates = make_mandates(rng, last.town, towns)
        yield last


def make_person(rng: Random, key: str, town: Town) -> Person:
    gender = "男" if rng.random() < 0.67 else "女"
    ethnicity = make_ethnicity(rng, town)
    birth = date(1945, 1, 1) + timedelta(days=int(rng.triangular(0, 19300, 10200)))
    level = rng.choice(SYSTEMS)
    school = rng.choices(range(6), SCHOOL_WEIGHTS[level])[0]
    village = rng.choice(town.villages)
    job = make_job(rng, town, village)
    jobs = [job, job if rng.random() < 0.72 else make_job(rng, town, village)]
    phone = make_phone(rng)
    phones = [phone, phone if rng.random() < 0.78 else make_phone(rng)]
    return Person(
        key,
        make_name(rng, gender, ethnicity),
        gender,
        ethnicity,
        birth,
        make_id_number(rng, town, birth, gender),
        rng.choices([name for name, _ in PARTIES], [weight for _, weight in PARTIES])[0],
        school,
        town,
        village,
        phones,
        jobs,
    )


def kin_of(rng: Random, key: str, other: Person) -> Person:
    """A relative in the same town: same surname, often the same phone, employer and part of name."""
    made = make_person(rng, key, other.town)
    if len(other.name) == 3 and len(made.name) == 3 and made.name[2] != other.name[2]:
        middle = other.name[1] if rng.random() < 0.4 else made.name[1]
        made.name = other.name[0] + middle + made.name[2]
    if rng.random() < 0.4:
        made.phones = list(other.phones)
    if rng.random() < 0.4:
        made.jobs = [
            replace(job, posts=own.posts) for job, own in zip(other.jobs, made.jobs, strict=True)
        ]
    return made


def namesake_of(rng: Random, key: str, other: Person, towns: Sequence[Town]) -> Person:
    """Another person of the same name and month of birth, mostly in another county."""
    town = other.town if rng.random() < 0.1 else rng.choice(towns)
    made = make_person(rng, key, town)
    birth = other.birth.replace(day=rng.randint(1, 28))
    return replace(
        made,
        name=other.name,
        gender=other.gender,
        ethnicity=other.ethnicity,
        birth=birth,
        id_number=make_id_number(rng, town, birth, other.gender),
    )


def make_ethnicity(rng: Random, town: Town) -> str:
    for prefix in sorted(MINORITIES, key=len, reverse=True):
        if town.code.startswith(prefix) and rng.random() < 0.75:
            return rng.choice(MINORITIES[prefix].split())
    return "汉族" if rng.random() < 0.985 else rng.choice(("回族", "苗族", "彝族", "满族"))


def make_id_number(rng: Random, town: Town, birth: date, gender: str) -> str:
    place = (
        town.county if rng.random() < 0.85 else rng.choice(("510102", "500101", "610102", "420102"))
    )
    sequence = rng.randrange(0, 500) * 2 + (gender == "男")
    number = f"{place}{birth:%Y%m%d}{sequence:03}"
    return number + check_character(number)


def make_phone(rng: Random) -> str:
    return f"1{rng.choice('3578')}{rng.randrange(10**9):09}"


def office_phone(town: Town, number: int) -> str:
    """The phone of an office of the county: shared by many."""
    return f"08{int(town.county[2:4]):02}{int(town.county) * 37 % 9000 + 1000}{number:03}"


def make_job(rng: Random, town: Town, village: str) -> Job:
    drawn = rng.random()
    county, city = town.county_name, town.prefecture_name
    if drawn < 0.45:
        ending = rng.choice(("村民委员会", "委会", "", "党支部"))
        posts = rng.choice(
            (
                "党支部书记 村委会主任",
                "村民",
                "村委会主任",
                "妇联主席",
                "文书",
                "农民",
                "村民小组组长",
            )
        )
        return Job(
            (city, county, town.name),
            f"{village[:-1]}村{ending.removeprefix('村')}",
            tuple(posts.split()),
        )
    if drawn < 0.57:
        posts = rng.choice(("党委书记", "党委副书记 镇长", "人大主席", "副镇长", "干部"))
        return Job((city, county), town.name + "人民政府", tuple(posts.split()))
    if drawn < 0.75:
        firm = rng.choice((city[:2], county[:2], "四川")) + rng.choice(FIRM) + rng.choice(TRADE)
        posts = rng.choice(("董事长 总经理", "总经理", "副总经理", "经理", "车间主任", "职工"))
        return Job((), firm + "有限公司", tuple(posts.split()))
    if drawn < 0.82:
        school = county[:2] + rng.choice(
            ("第一小学", "实验小学", "中学", "第二中学", "职业高级中学")
        )
        return Job(
            (county,),
            school,
            tuple(rng.choice(("校长", "教师", "一级教师", "党支部书记 校长")).split()),
        )
    owner = rng.choice((county, county, county, city, "四川省"))
    posts = rng.choice(("局长", "副局长", "主任", "党组书记 局长", "副主任"))
    return Job((), owner + rng.choice(BUREAUS), tuple(posts.split()))


def make_mandates(rng: Random, town: Town, towns: Sequence[Town]) -> list[Mandate]:
    """Mandates on one chain of divisions; a few people moved between the terms."""
    main = rng.choices(range(4), (3, 13, 31, 53))[0]
    levels = {main}
    for level in range(4):
        if level != main and rng.random() < (0.19 if abs(level - main) == 1 else 0.07):
            levels.add(level)
    found: list[Mandate] = []
    moved = rng.choice(towns) if rng.random() < 0.01 else town
    for level in sorted(levels):
        turns = rng.choices(((0,), (1,), (0, 1)), (25, 50, 25))[0]
        found += [Mandate(SYSTEMS[level], town if turn else moved, turn) for turn in turns]
    if rng.random() < 0.004:
        found.append(found[-1])
    return found
