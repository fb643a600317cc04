"""Natural persons."""

from __future__ import annotations

from enum import Enum

from sqlalchemy import Index

from hub.subjects.columns import golden, link, listed, plain, restricted
from hub.values import Raw, enum_vocabulary, read_word


class Gender(Enum):
    """Sex (GB/T 2261.1) 性别."""

    MALE = "Male 男"
    FEMALE = "Female 女"
    UNKNOWN = "Unknown 未知的性别"
    NOT_STATED = "Not stated 未说明的性别"


GENDER = enum_vocabulary(
    "sex",
    "男 or 女, 1 or 2, M or F",
    Gender,
    {
        "MALE": "1 男 男性 M",
        "FEMALE": "2 女 女性 F",
        "UNKNOWN": "0 未知 未知性别 未知的性别",
        "NOT_STATED": "9 未说明 未说明性别 未说明的性别",
    },
)


def gender(value: Raw) -> str | None:
    """Sex 性别 (GB/T 2261.1) as a member's name of Gender.

    Reads 1, 2, 0, 9, 男, 女, M, F. Raises Refusal UNKNOWN_CODE.
    """
    return read_word(value, GENDER)


person = golden(
    "person",
    link("division_id", "division", "Division of the person's main record", nullable=False),
    plain("name", "Name 姓名", nullable=False),
    listed("gender", Gender, "Sex (GB/T 2261.1) 性别"),
    plain("ethnicity", "Ethnic group by its official name (GB/T 3304) 民族"),
    plain("birth_month", "Year and month of birth, or the year alone: 1964-10 or 1964 出生年月"),
    plain("native_place", "Native place 籍贯"),
    plain("political_affiliation", "Political affiliation (GB/T 4762) 政治面貌"),
    plain("education", "Education (GB/T 4658) 学历"),
    plain("degree", "Academic degree 学位"),
    plain("school", "School graduated from 毕业院校"),
    plain("major", "Field of study 专业"),
    plain("employer", "Employer 工作单位"),
    plain("post", "Post held there 职务"),
    plain("employer_and_post", "Employer and post in one text 工作单位及职务"),
    plain("occupation", "Occupation 职业"),
    plain("professional_title", "Professional title 职称"),
    plain("introduction", "Introduction 简介"),
    plain("photo_url", "Address of the photo 照片"),
    restricted("phone", "Phone 电话."),
    restricted("email", "E-mail address 电子邮箱."),
    restricted("wechat", "WeChat id 微信."),
    restricted("qq", "QQ number."),
    restricted("home_address", "Home address 家庭住址."),
    restricted("postcode", "Postcode of the home address 邮编."),
    Index("ix_person_division_id", "division_id"),
    orders=(
        "name",
        "birth_month",
        "education",
    ),
)
