"""What the forms of a person ask beside the base card: invented, and nobody can be reached by it.

Mail goes to example.com, which nobody owns; no QQ number and no postcode begins with 00.
"""

from __future__ import annotations

from demo.people import Person
from demo.tables import Row

DEGREES = {"博士研究生": "博士", "硕士研究生": "硕士", "大学本科": "学士"}
MAJORS = ("经济学", "法学", "临床医学", "机械工程", "农学", "汉语言文学", "会计学")
OCCUPATIONS = {
    "干部": "公务员",
    "农民": "务农",
    "工人": "产业工人",
    "专业技术人员": "专业技术",
    "企业负责人": "企业管理",
}
TITLES = ("教授", "研究员", "主任医师", "高级技师", "工程师")
POSTS = (*TITLES, "董事长", "厅长", "党支部书记", "主任", "驾驶员")


def resume(person: Person) -> Row:
    """Origin, schooling, work and ways to write to somebody."""
    number = person.number
    post = next((each for each in POSTS if person.work.endswith(each)), "")
    studied = person.education in DEGREES
    return {
        "origin": "四川",
        "degree": DEGREES.get(person.education, ""),
        "school": "某大学" if studied else "",
        "major": MAJORS[number % len(MAJORS)] if studied else "",
        "employer": person.work.removesuffix(post) if post else "",
        "post": post,
        "occupation": OCCUPATIONS.get(person.composition, ""),
        "title": post if post in TITLES else "",
        "about": f"{person.ethnicity}，{person.education}学历，现任{person.work}。",
        "photo": f"https://photos.example.com/{number}.jpg",
        "mail": f"deputy{number}@example.com",
        "wechat": f"demo-{number}",
        "qq": f"00{number:07}",
        "address": f"{person.home}虚构路{number % 200 + 1}号",
        "postcode": f"00{number % 10_000:04}",
    }
