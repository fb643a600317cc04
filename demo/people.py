"""Invented people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from demo.names import make_ethnicity, make_name
from demo.numbers import make_id_number, make_phone

FIRST_BIRTH = date(1952, 1, 1)
DAYS_OF_BIRTHS = 365 * 46
AFFILIATIONS = (
    *["中共党员"] * 13, *["群众"] * 5, "无党派人士", "民盟盟员", "民建会员", "九三学社社员",
    "农工党党员", "民革党员",
)  # fmt: skip
EDUCATIONS = {
    "TOWNSHIP": ("初中", "高中", "高中", "大学专科", "大学专科", "大学本科"),
    "COUNTY": ("高中", "大学专科", "大学专科", "大学本科", "大学本科", "硕士研究生"),
    "PREFECTURE": ("大学专科", "大学本科", "大学本科", "大学本科", "硕士研究生"),
    "PROVINCE": ("大学本科", "大学本科", "大学本科", "硕士研究生", "博士研究生"),
    "NATIONAL": ("大学本科", "大学本科", "硕士研究生", "博士研究生"),
}
VILLAGES = ("双桥村", "石马村", "新民村", "高坪村", "长乐村", "金星村", "观音村", "红岩社区")
POSTS = {
    "TOWNSHIP": (
        ("{}党支部书记", "干部"), ("{}村民委员会主任", "干部"), ("{}村民小组组长", "农民"),
        ("{}种植大户", "农民"), ("{}养殖专业合作社理事长", "农民"),
        ("{}卫生室医生", "专业技术人员"), ("{}小学教师", "专业技术人员"),
        ("{}个体工商户", "其他劳动者"),
    ),
    "COUNTY": (
        ("{}农业农村局副局长", "干部"), ("{}中学高级教师", "专业技术人员"),
        ("{}人民医院主治医师", "专业技术人员"), ("{}某建材有限公司总经理", "企业负责人"),
        ("{}某食品有限公司车间主任", "工人"), ("{}财政局四级调研员", "干部"),
        ("{}某物流有限公司驾驶员", "工人"),
    ),
    "PREFECTURE": (
        ("{}发展和改革委员会主任", "干部"), ("{}第一人民医院主任医师", "专业技术人员"),
        ("{}某电子有限公司工程师", "专业技术人员"), ("{}某集团有限公司董事长", "企业负责人"),
        ("{}公共交通有限公司驾驶员", "工人"),
    ),
    "PROVINCE": (
        ("{}某大学教授", "专业技术人员"), ("{}某研究院研究员", "专业技术人员"),
        ("{}某集团有限公司董事长", "企业负责人"), ("{}某厅厅长", "干部"),
        ("{}某重型机器厂高级技师", "工人"), ("{}某县某村党支部书记", "农民"),
    ),
}  # fmt: skip
POSTS["NATIONAL"] = POSTS["PROVINCE"]


@dataclass(frozen=True, slots=True)
class Person:
    """One invented natural person. `number` tells people apart inside the demonstration."""

    number: int
    name: str
    is_woman: bool
    ethnicity: str
    birth: date
    id_number: str
    phone: str
    affiliation: str
    education: str
    work: str
    composition: str
    home: str


class Register:
    """Makes people, each with a number, an id number and a phone of its own."""

    def __init__(self, first: int = 1) -> None:
        self._count = first - 1
        self._id_numbers: set[str] = set()

    def make(self, rng: Random, level: str, area: str, place: str) -> Person:
        """A person who works at `place`, born in the county or prefecture `area` (a code)."""
        self._count += 1
        is_woman = rng.random() < 0.33
        ethnicity = make_ethnicity(rng)
        birth = FIRST_BIRTH + timedelta(days=rng.randrange(DAYS_OF_BIRTHS))
        post, composition = rng.choice(POSTS[level])
        where = place + rng.choice(VILLAGES) if level == "TOWNSHIP" else place
        return Person(
            self._count,
            make_name(rng, ethnicity, is_woman),
            is_woman,
            ethnicity,
            birth,
            self._new_id_number(area, birth, is_woman),
            make_phone(self._count),
            rng.choice(AFFILIATIONS),
            rng.choice(EDUCATIONS[level]),
            post.format(where),
            composition,
            where,
        )

    def _new_id_number(self, area: str, birth: date, is_woman: bool) -> str:
        """An id number that nobody has yet."""
        order = self._count % 349
        while True:
            number = make_id_number(area, birth, order * 2 + (not is_woman))
            if number not in self._id_numbers:
                self._id_numbers.add(number)
                return number
            order += 1
