"""Every reader of hub.values, on the shapes that sources write and on arbitrary values."""

from __future__ import annotations

import datetime
import hmac
import re
from collections.abc import Callable
from decimal import Decimal
from enum import Enum
from typing import cast

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hub import values
from hub.errors import Code, Refusal
from hub.subjects.deputies import (
    CONGRESS_POST,
    ENTRY_MODE,
    MANDATE_STATUS,
    STATUS_REASON,
    CongressPost,
    EntryMode,
    MandateStatus,
    StatusReason,
    congress_post,
    entry_mode,
    mandate_status,
    status_reason,
)
from hub.subjects.divisions import LEVEL_WORDS, Level, level
from hub.subjects.groups import GROUP_KIND, GroupKind, group_kind
from hub.subjects.members import MEMBER_ROLE, MemberRole, member_role
from hub.subjects.people import gender
from hub.subjects.places import (
    PLACE_KIND,
    PLACE_STATUS,
    PlaceKind,
    PlaceStatus,
    place_kind,
    place_status,
)
from hub.values.codes import Vocabulary
from hub.values.dates import SHANGHAI
from hub.values.raw import MISSING, Raw, quoted

KEY = b"key of the tests"
GOOD_ID = "11010519491231002X"  # the example of GB 11643
SHORT_ID = "110105491231002"
Reader = Callable[[Raw], object]


def national_id(value: Raw) -> bytes | None:
    return values.national_id(value, KEY)


def token(number: str) -> bytes:
    return hmac.digest(KEY, number.encode(), "sha256")


READERS: dict[str, Reader] = {
    "text": values.text,
    "name": values.name,
    "gender": gender,
    "ethnicity": values.ethnicity,
    "political_affiliation": values.political_affiliation,
    "education": values.education,
    "degree": values.degree,
    "partial_date": values.partial_date,
    "birth": values.birth,
    "date": values.date,
    "number": values.number,
    "integer": values.integer,
    "boolean": values.boolean,
    "term": values.term,
    "level": level,
    "division_code": values.division_code,
    "phone": values.phone,
    "mandate_status": mandate_status,
    "status_reason": status_reason,
    "entry_mode": entry_mode,
    "congress_post": congress_post,
    "place_kind": place_kind,
    "place_status": place_status,
    "group_kind": group_kind,
    "member_role": member_role,
    "national_id": national_id,
}

DAY = datetime.date(1964, 10, 3)
UTC = datetime.UTC

READ: dict[str, list[tuple[Raw, object]]] = {
    "text": [
        ("审计局局长", "审计局局长"),
        ("  第１６８选区　", "第168选区"),
        ("Ａｂ　 c\n\td", "Ab c d"),
        ("副书记，局长（正县级）；", "副书记，局长（正县级）；"),
        ("零\u200b宽\ufeff\x00字", "零宽字"),
        ("⼩⻢", "小马"),
        ("a\ud800b", "a\ufffdb"),
        (3, "3"),
        (3.0, "3"),
        (3.5, "3.5"),
        (5.10802197005252e17, "5.10802197005252e+17"),
        (Decimal("2.50"), "2.50"),
        (Decimal("7.00"), "7"),
        (True, "true"),
        (DAY, "1964-10-03"),
        (float("nan"), None),
    ],
    "name": [
        ("周　龙", "周龙"),
        ("周  龙", "周龙"),
        (" 朱文浩", "朱文浩"),
        ("\ufeff朱文浩\u200b", "朱文浩"),
        ("扎西•多吉", "扎西·多吉"),
        ("扎西・多吉", "扎西·多吉"),
        ("扎西‧多吉", "扎西·多吉"),
        ("扎西．多吉", "扎西·多吉"),
        ("扎西.多吉", "扎西·多吉"),
        ("扎西﹒多吉", "扎西·多吉"),
        ("扎西∙多吉", "扎西·多吉"),
        ("扎西 · 多吉（藏族）", "扎西·多吉"),
        *[(value, "张□") for value in ("张?", "张　？", "张 □", "张\ufffd", "张*（女）")],
        *[(f"吴{lost}群", "吴□群") for lost in "?□〓■\ufffd＊×◯\ue863"],
        *[(f"扎西{dot}多吉", "扎西·多吉") for dot in "·･⋅ㆍ⦁◦▪。｡"],
        *[
            (f"杨玉兰{note}", "杨玉兰")
            for note in ("【女】", "［女］", "〔女〕", "[女]", " 女", "　男")
        ],
        *[(f"{note}杨玉兰", "杨玉兰") for note in ("（女）", "【女】（藏族）", "[女] ")],
        ("杨 女", "杨女"),
        ("杨玉兰（女）", "杨玉兰"),
        ("杨　兰(女)", "杨兰"),
        ("杨玉兰（女，羌族） ", "杨玉兰"),
        ("杨玉兰（女）（羌族）", "杨玉兰"),
        ("陈⼩文", "陈小文"),
        ("王𠮷\U00031350", "王𠮷\U00031350"),
        ("J. Smith-Lee", "J. Smith-Lee"),
        ("Ａnna", "Anna"),
        ("无", None),
    ],
    "gender": [
        *[
            (value, "MALE")
            for value in (1, 1.0, "1", "１", "1.0", "男", "男 ", "男性", "M", "male")
        ],
        *[(value, "FEMALE") for value in (2, "2", "女", " 女性", "f", "Female", "FEMALE")],
        *[(value, "UNKNOWN") for value in (0, "0", "未知的性别", "未知")],
        *[(value, "NOT_STATED") for value in (9, "9", "未说明的性别")],
    ],
    "ethnicity": [
        *[
            (value, "汉族")
            for value in ("汉", "汉族", "01", "1", 1, 1.0, "HA", "ha", "０１", "汉 族")
        ],
        ("33", "羌族"),
        ("藏", "藏族"),
        (56, "基诺族"),
        ("维族", "维吾尔族"),
        *[("漢族", "汉族"), ("滿", "满族"), ("維吾爾", "维吾尔族"), ("穿青人", "其他")],
        ("97", "其他"),
    ],
    "political_affiliation": [
        *[
            (value, "中共党员")
            for value in ("中共党员", "党员", "中共", "中国共产党", "中国共产党党员", "01", 1)
        ],
        ("预备党员", "中共预备党员"),
        ("中共党员(预备)", "中共预备党员"),
        ("团员", "共青团员"),
        ("民革", "民革党员"),
        ("民盟", "民盟盟员"),
        ("中国民主同盟", "民盟盟员"),
        ("民建", "民建会员"),
        ("中国民主建国会", "民建会员"),
        ("民进", "民进会员"),
        ("农工党", "农工党党员"),
        ("中国农工民主党", "农工党党员"),
        ("致公党", "致公党党员"),
        ("九三", "九三学社社员"),
        ("九三学社", "九三学社社员"),
        ("台盟", "台盟盟员"),
        ("无党派", "无党派人士"),
        ("12", "无党派人士"),
        ("群众", "群众"),
        (13, "群众"),
    ],
    "education": [
        *[
            (value, "大学本科")
            for value in ("大学本科", "本科", "大学", "20", 21, "大学毕业", "本科学历", "大学文化")
        ],
        ("大专", "大学专科"),
        ("专科", "大学专科"),
        ("硕士", "硕士研究生"),
        ("博士", "博士研究生"),
        ("研究生", "研究生"),
        ("10", "研究生"),
        ("中专", "中专"),
        ("高中", "高中"),
        ("高中（中专）", "高中（中专）"),
        ("高中(中专)", "高中（中专）"),
        ("初中", "初中"),
        ("小学", "小学"),
        ("大学本科肄业", "大学本科肄业"),
        ("23", "大学本科肄业"),
    ],
    "partial_date": [
        ("1964-10-03", "1964-10-03"),
        ("1964-10", "1964-10"),
        ("1964", "1964"),
        ("19641003", "1964-10-03"),
        (19641003, "1964-10-03"),
        ("196410", "1964-10"),
        ("1964.10", "1964-10"),
        (1964.05, "1964-05"),
        (Decimal("1964.10"), "1964-10"),
        ("1959.3.11", "1959-03-11"),
        ("1959. 3. 11", "1959-03-11"),
        ("1959.3", "1959-03"),
        ("1970年5月", "1970-05"),
        ("1970年5月3日", "1970-05-03"),
        ("1970 年 5 月 3 日", "1970-05-03"),
        ("1970年5月生", "1970-05"),
        ("1979年", "1979"),
        ("1964/10/3", "1964-10-03"),
        ("１９６４－１０－０３", "1964-10-03"),
        (" 1964-10-03 ", "1964-10-03"),
        (1964, "1964"),
        (23653, "1964-10-03"),
        (23653.75, "1964-10-03"),
        ("23653", "1964-10-03"),
        ("23653.0", "1964-10-03"),
        (1684886400, "2023-05-24"),
        ("1684943999", "2023-05-24"),
        ("1684944000", "2023-05-25"),
        (1684886400.5, "2023-05-24"),
        ("1684886400000", "2023-05-24"),
        (-165312000, "1964-10-06"),
        ("-165312000", "1964-10-06"),
        (-165312000000, "1964-10-06"),
        ("1964-10-03T00:00:00", "1964-10-03"),
        ("1964-10-02T16:00:00Z", "1964-10-03"),
        ("1964-10-02T16:00:00.000+0000", "1964-10-03"),
        ("1964-10-03 00:00:00.0", "1964-10-03"),
        ("1964/10/3 0:00", "1964-10-03"),
        ("20230501120000", "2023-05-01"),
        (DAY, "1964-10-03"),
        (datetime.datetime.fromisoformat("1964-10-03T23:00"), "1964-10-03"),
        (datetime.datetime(1964, 10, 2, 16, tzinfo=UTC), "1964-10-03"),
        ("2024-02-29", "2024-02-29"),
        *[
            (value, "1970-05")
            for value in ("一九七〇年五月", "一九七零年5月", "1970年五月", "1970—05")
        ],
        *[(value, "1970-05") for value in ("1970-05-00", "19700500", "1970.5.", "生于1970年5月")],
        *[(value, "1970") for value in ("1970-00-00", "19700000", "一九七〇年")],
        *[(value, "1970-12-23") for value in ("一九七〇年十二月二十三日", "1970–12–23")],
        ("一九七〇年十月三十日", "1970-10-30"),
        ("1970年元月", "1970-01"),
        ("0000-00-00", None),
        ("0000-00-00 00:00:00", None),
        ("至今", None),
    ],
    "birth": [
        ("1900-01-01", None),
        ("1964-10", "1964-10"),
        ("1970年5月", "1970-05"),
        (23653, "1964-10-03"),
    ],
    "date": [
        ("1964-10-03", DAY),
        ("19641003", DAY),
        (23653, DAY),
        (DAY, DAY),
        (datetime.datetime(1964, 10, 2, 16, tzinfo=UTC), DAY),
    ],
    "number": [
        ("１２．５", 12.5),
        ("1,234,567.8", 1234567.8),
        ("１，２００", 1200.0),
        ("-3", -3.0),
        (4, 4.0),
        (4.5, 4.5),
        (Decimal("4.25"), 4.25),
        (float("nan"), None),
    ],
    "integer": [("350", 350), (350.0, 350), ("1,000", 1000), ("３", 3), (-7, -7), ("12.0", 12)],
    "boolean": [
        *[(value, True) for value in (True, "是", 1, "1", "true", "TRUE", "Y", "y", "√", 1.0)],
        *[(value, False) for value in (False, "否", 0, "0", "false", "N", "×")],
    ],
    "term": [
        *[(value, 14) for value in (14, "14", "１４", "第十四届", "十四届", "十四", "14届", 14.0)],
        ("第 14 届", 14),
        ("八", 8),
        ("二十", 20),
        ("九十九", 99),
    ],
    "level": [
        *[(value, "NATIONAL") for value in ("NATIONAL", "全国", "全国人大代表")],
        *[(value, "PROVINCE") for value in ("province", "省", "省级", "省人大代表")],
        *[(value, "PREFECTURE") for value in ("设区的市", "设区的市级", "地级", "州", "市州")],
        *[(value, "COUNTY") for value in ("县级", "县", "区县", "县（市、区）", "县级市")],
        *[(value, "TOWNSHIP") for value in ("乡级", "乡镇", "镇", "乡（镇）", "乡镇人大代表")],
    ],
    "division_code": [
        *[(value, "510811") for value in ("510811", 510811, 510811.0, "510811.0", "５１０８１１")],
        ("'510811", "510811"),
        ("51", "510000"),
        ("5108", "510800"),
        (510000, "510000"),
        ("510811207", "510811207"),
        ("510811000", "510811"),
        ("510811207000", "510811207"),
        ("510811000000", "510811"),
        ("510000000000", "510000"),
        ("510811207201", "510811207201"),
        (510811207201.0, "510811207201"),
    ],
    "phone": [
        ("13800000000", "13800000000"),
        (13800000000, "13800000000"),
        (13800000000.0, "13800000000"),
        ("138 0000 0000", "13800000000"),
        ("138-0000-0000", "13800000000"),
        ("0839-1234567", "08391234567"),
        ("（0839）1234567", "08391234567"),
        ("+8613800000000", "+8613800000000"),
        ("13800000000/0839-1234567", "13800000000/08391234567"),
        ("13800000000、13900000000", "13800000000/13900000000"),
        ("138****0000", None),
        *[
            (f"{note}13800000000", "13800000000")
            for note in ("办", "手机：", "（办）", "联系电话:")
        ],
        *[(f"13800000000{note}", "13800000000") for note in ("（办公）", "(宅)", " 手机")],
        ("0839-1234567转801", "08391234567801"),
    ],
    "mandate_status": [
        *[(value, "ACTIVE") for value in ("ACTIVE", "在任", "在职", "正常", "现任")],
        *[(value, "SUSPENDED") for value in ("暂停", "暂停执行职务")],
        *[
            (value, "TERMINATED")
            for value in ("终止", "代表资格终止", "罢免", "辞职", "去世", "死亡", "调离")
        ],
        *[(value, "EXPIRED") for value in ("届满", "任期届满", "expired")],
        *[(value, "ELECTED_PENDING_REVIEW") for value in ("待审查", "当选")],
    ],
    "status_reason": [
        *[(value, "RESIGNED") for value in ("辞职", "责令辞职", "RESIGNED")],
        *[(value, "MOVED_AWAY") for value in ("调离", "迁出")],
        *[(value, "DIED") for value in ("去世", "死亡")],
        ("罢免", "RECALLED"),
        ("被羁押", "IN_CUSTODY"),
    ],
    "entry_mode": [("换届选举", "GENERAL_ELECTION"), ("补选", "BY_ELECTION")],
    "congress_post": [
        ("主任", "CHAIR"),
        ("副主任", "VICE_CHAIR"),
        ("秘书长", "SECRETARY_GENERAL"),
        ("委员", "MEMBER"),
        ("主席", "PRESIDIUM_CHAIR"),
        ("副主席", "PRESIDIUM_VICE_CHAIR"),
        ("主席团成员", "PRESIDIUM_MEMBER"),
    ],
    "place_kind": [
        *[(value, "HOME") for value in ("代表之家", "家")],
        *[(value, "STATION") for value in ("联络站", "站", "工作站", "活动站", "室")],
        *[(value, "POINT") for value in ("联系点", "点")],
    ],
    "place_status": [("运行", "ACTIVE"), ("暂停", "SUSPENDED"), ("撤销", "CLOSED")],
    "group_kind": [
        *[(value, "PROFESSIONAL") for value in ("专业", "领域", "专业代表小组")],
        *[(value, "TERRITORIAL") for value in ("地域", "区域")],
    ],
    "member_role": [
        *[(value, "LEADER") for value in ("组长", "站长")],
        ("副组长", "DEPUTY_LEADER"),
        ("联络员", "LIAISON_OFFICER"),
        ("成员", "MEMBER"),
    ],
    "national_id": [
        *[(value, token(GOOD_ID)) for value in (GOOD_ID, GOOD_ID.lower(), f"'{GOOD_ID}", SHORT_ID)],
        ("１１０１０５１９４９１２３１００２Ｘ", token(GOOD_ID)),
        ("110105 19491231 002X", token(GOOD_ID)),
        (int(SHORT_ID), token(GOOD_ID)),
        (token(GOOD_ID).hex(), token(GOOD_ID)),
        (token(GOOD_ID).hex().upper(), token(GOOD_ID)),
        ("110105********002X", None),
        ("110105●●●●●●●●002X", None),
        ("110105XXXXXXXX002X", None),
        ("11010519491231****", None),
        ("002X", None),
        ("待补充", None),
        ("000000000000000000", None),
        ("0", None),
        ("111111111111111111", None),
        ("123456789012345678", None),
        ("510000190001010000", None),
        ("510101199001010000", None),
    ],
}

REFUSED: dict[str, list[tuple[Raw, Code]]] = {
    "text": [("字" * 10_001, Code.VALUE_TOO_LONG), (10**400, Code.VALUE_TOO_LONG)],
    "name": [
        *[(value, Code.UNREADABLE_VALUE) for value in ("?", "□□", "*")],
        *[(value, Code.UNREADABLE_VALUE) for value in ("13800000000", "张3", "（女）", "张三（女")],
        *[
            (value, Code.UNREADABLE_VALUE)
            for value in ("张三,李四", "扎西·", "-张", "（女）张三（")
        ],
        ("字" * 61, Code.VALUE_TOO_LONG),
    ],
    "gender": [("3", Code.UNKNOWN_CODE), ("汉族", Code.UNKNOWN_CODE), (True, Code.UNKNOWN_CODE)],
    "ethnicity": [("57", Code.UNKNOWN_CODE), ("族", Code.UNKNOWN_CODE), (0, Code.UNKNOWN_CODE)],
    "political_affiliation": [("民建、中共", Code.UNKNOWN_CODE), ("14", Code.UNKNOWN_CODE)],
    "education": [("男", Code.UNKNOWN_CODE), ("99", Code.UNKNOWN_CODE)],
    "partial_date": [
        (value, Code.INVALID_DATE)
        for value in (
            *("1964-13", "2023-02-30", "1899", "2101-01-01", "19641301", "641003"),
            *("1964-00", "64.10", "不是日期", "1964-10-", "13800000000", "10/3/1964", "0", "-1"),
            *("2023-02-30 00:00:00", "2023-02-01 12", "99999", 80_000, 1964.1, float("inf"), 1e300),
            *(10**30, datetime.date(2, 1, 1), datetime.date(2200, 1, 1), "0044-03-15 BC"),
            *(datetime.datetime(9998, 1, 1, tzinfo=UTC), True),
        )
    ],
    "birth": [("2100-01", Code.INVALID_DATE), ("2099", Code.INVALID_DATE)],
    "date": [(value, Code.INVALID_DATE) for value in ("1964-10", "1964", datetime.date(2, 1, 1))],
    "number": [
        (value, Code.UNREADABLE_VALUE)
        for value in ("100平方米", "12,34", "1_000", "50%", "1e999", float("inf"), True, "٣")
    ],
    "integer": [(value, Code.UNREADABLE_VALUE) for value in ("3.5", 2**31, "9" * 40, "十")],
    "boolean": [(value, Code.UNREADABLE_VALUE) for value in (2, "男", "maybe")],
    "term": [(value, Code.UNREADABLE_VALUE) for value in (0, 100, "第届", "市八届", True)],
    "level": [
        (value, Code.UNKNOWN_CODE) for value in ("市", "市级", "市人大代表", "区", 1, "2", "科级")
    ],
    "division_code": [
        (value, Code.UNREADABLE_VALUE) for value in ("5", "51081", "5108112", "昭化区", 510811.5)
    ],
    "phone": [
        (value, Code.UNREADABLE_VALUE)
        for value in ("张三13800000000", "123", "1" * 17, "138+00000000", "/ -", True)
    ],
    "mandate_status": [("1", Code.UNKNOWN_CODE)],
    "place_kind": [("楼", Code.UNKNOWN_CODE)],
    "national_id": [
        (value, Code.INVALID_NATIONAL_ID)
        for value in (
            *("110105194912310021", "11010519491231002", "110105194913310025", "110105491331002"),
            *("abc", "z" * 64, 5.10802197005252e17, GOOD_ID + "1", "٣" * 17 + "1"),
        )
    ],
}


def refusal_of(reader: Reader, value: Raw) -> Refusal:
    with pytest.raises(Refusal) as caught:
        reader(value)
    return caught.value


@pytest.mark.parametrize("field", READ)
def test_every_written_form_is_read(field: str) -> None:
    read = [(value, READERS[field](value)) for value, _ in READ[field]]
    assert read == READ[field]
    assert [type(result) for _, result in read] == [type(wanted) for _, wanted in READ[field]]


@pytest.mark.parametrize("field", REFUSED)
def test_what_cannot_be_read_is_refused_with_its_code(field: str) -> None:
    refused = [(value, refusal_of(READERS[field], value).code) for value, _ in REFUSED[field]]
    assert refused == REFUSED[field]


@pytest.mark.parametrize("field", READERS)
def test_missing_values_read_as_none(field: str) -> None:
    words = MISSING - {"未知"} if field == "gender" else MISSING
    blanks: list[Raw] = [None, "", " ", "　", "\u200b", "／", float("nan"), *sorted(words)]
    assert [READERS[field](value) for value in blanks] == [None] * len(blanks)


RAW: st.SearchStrategy[Raw] = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.integers(-(10**14), 10**14),
    st.floats(),
    st.decimals(allow_nan=False, allow_infinity=False),
    st.dates(),
    st.datetimes(),
    st.datetimes(timezones=st.just(UTC)),
    st.text(st.characters()),
    st.text("0123456789０１-./年月日:TZ +X*届第十市级女男（）() ·", max_size=22),
    st.sampled_from([value for rows in READ.values() for value, _ in rows]),
)


def result_or_refusal(reader: Reader, value: Raw) -> object:
    """What the reader gives; any error but a Refusal goes through."""
    try:
        return reader(value)
    except Refusal as refusal:
        return refusal


@given(RAW)
@example("甲 ·. · 乙")
@example("\u200b无\u200b")
@example("'-1")
def test_a_reader_raises_only_refusals_and_reads_its_own_results_unchanged(value: Raw) -> None:
    for field, reader in READERS.items():
        read = result_or_refusal(reader, value)
        if not isinstance(read, Refusal):
            again = read.hex() if isinstance(read, bytes) else cast(Raw, read)
            assert reader(again) == read, field


@pytest.mark.parametrize("field", READERS)
def test_a_list_where_one_value_belongs_is_refused(field: str) -> None:
    refusal = refusal_of(READERS[field], cast(Raw, ["a"]))
    assert (refusal.code, refusal.message) == (
        Code.UNREADABLE_VALUE,
        "A value of the kind list cannot be read: "
        "give one text, number or date, or name the inner field in the manifest.",
    )


def test_a_date_of_birth_may_be_today_but_not_tomorrow() -> None:
    today = datetime.datetime.now(SHANGHAI).date()
    tomorrow = today + datetime.timedelta(days=1)
    assert values.birth(today) == today.isoformat()
    assert refusal_of(values.birth, tomorrow).message == (
        f'"{tomorrow}" is a date of birth in the future: correct it in the source.'
    )


def test_sentences_say_what_is_wrong_and_what_to_do() -> None:
    cases: list[tuple[Reader, Raw]] = [
        (gender, "汉族"),
        (level, "市级"),
        (level, 2),
        (values.date, "1964-10"),
        (values.name, "身份证号码3"),
        (values.term, "很" * 50),
    ]
    assert [refusal_of(reader, value).message for reader, value in cases] == [
        '"汉族" is not a known sex: write 男 or 女, 1 or 2, M or F, '
        "or map the word of the source in its manifest.",
        '"市级" does not tell the level, 市 may be a prefecture or a county: '
        "give the division code, or map the words of the source in its manifest.",
        '"2" does not tell the level, a number means another level in each system: '
        "give the division code, or map the words of the source in its manifest.",
        '"1964-10" is not a full day: write year, month and day, such as 2021-03-15.',
        "The name holds digits: check whether the columns of the row are shifted.",
        f'"{"很" * 40}…" is not a term: write 14, 十四, 14届 or 第十四届 (1 to 99).',
    ]


@pytest.mark.parametrize("field", READERS)
def test_no_sentence_shows_an_id_number_or_a_phone(field: str) -> None:
    for value in (
        "110105194912310021",
        "110105 19491231 0021",
        "１３８１２３４５６７８",
        "13812345678",
    ):
        read = result_or_refusal(READERS[field], f"{value}号")
        shown = read.message if isinstance(read, Refusal) else ""
        assert not re.search(r"\d{4}[ -]?\d{4}", shown.replace("19641003", "")), shown


def test_the_refusal_of_an_id_number_shows_none_of_its_digits() -> None:
    for value, _ in REFUSED["national_id"]:
        message = refusal_of(national_id, value).message
        assert not re.search(r"\d{3}", message), message


def test_the_same_number_under_another_key_is_another_token() -> None:
    assert values.national_id(GOOD_ID, b"other") != values.national_id(GOOD_ID, KEY)


@pytest.mark.parametrize(
    ("value", "scrubbed"),
    [
        (GOOD_ID, "[removed]"),
        (SHORT_ID, "[removed]"),
        ("11010519491231002", "[removed]"),
        (f"张三，{GOOD_ID.lower()}，男", "张三，[removed]，男"),
        ("号码１１０１０５１９４９１２３１００２Ｘ", "号码[removed]"),
        ("110105 19491231 002X", "[removed]"),
        ("1101 0519 4912 3100 21", "[removed]"),
        ("110105-19491231-0021 13800000000", "[removed] 13800000000"),
        ("13800000000 110105194912310021", "13800000000 [removed]"),
        (f"{GOOD_ID};{SHORT_ID}", "[removed];[removed]"),
        ("13800000000", "13800000000"),
        ("20230501120000", "20230501120000"),
        ("1234567890123456789", "1234567890123456789"),
        ("2023-05-01T12:00:00.000+08:00", "2023-05-01T12:00:00.000+08:00"),
        ("", ""),
    ],
)
def test_scrub_removes_id_numbers_and_nothing_else(value: str, scrubbed: str) -> None:
    assert values.scrub(value) == scrubbed


@given(st.text(st.characters()), st.text(st.characters()))
def test_scrub_finds_an_id_number_inside_any_text(before: str, after: str) -> None:
    assert GOOD_ID not in values.scrub(f"{before} {GOOD_ID} {after}")


def test_split_list_drops_empty_parts_and_blanks() -> None:
    cases: list[Raw] = ["1,,2", " a ， b、c;d；e|f ", ",", "", None, 3, "张　三,无", "1,2"]
    assert [values.split_list(value) for value in cases] == [
        ["1", "2"],
        ["a", "b", "c", "d", "e", "f"],
        [],
        [],
        [],
        ["3"],
        ["张 三"],
        ["1", "2"],
    ]
    assert values.split_list("a/b,c", separators="/") == ["a", "b,c"]


def test_a_quoted_value_is_shortened_to_forty_characters() -> None:
    assert [quoted("短"), quoted("长" * 41)] == ['"短"', f'"{"长" * 40}…"']


@pytest.mark.parametrize(
    ("vocabulary", "members"),
    [
        (LEVEL_WORDS, Level),
        (MANDATE_STATUS, MandateStatus),
        (STATUS_REASON, StatusReason),
        (ENTRY_MODE, EntryMode),
        (CONGRESS_POST, CongressPost),
        (PLACE_KIND, PlaceKind),
        (PLACE_STATUS, PlaceStatus),
        (GROUP_KIND, GroupKind),
        (MEMBER_ROLE, MemberRole),
    ],
)
def test_every_member_of_an_enum_can_be_said_in_chinese(
    vocabulary: Vocabulary, members: type[Enum]
) -> None:
    said = {name for word, name in vocabulary.words.items() if not word.isascii()}
    assert said == set(members.__members__)


def test_all_56_ethnic_groups_are_read_by_number_letters_and_name() -> None:
    names = [values.ethnicity(f"{code:02}") for code in range(1, 57)]
    assert len(set(names)) == 56
    assert [values.ethnicity(name) for name in names] == names
    assert [values.ethnicity(code) for code in ("HA", "MG", "QI", "JN")] == [
        "汉族",
        "蒙古族",
        "羌族",
        "基诺族",
    ]


@pytest.mark.parametrize(
    "value", ["https://example.com/照片/1.jpg?x=1", "http://10.0.0.1:8080", "HTTPS://例子.中国/a"]
)
def test_an_address_of_the_web_is_taken(value: str) -> None:
    assert values.web_address(value) == value


@pytest.mark.parametrize(
    "value",
    [
        "javascript:alert(1)",
        " JavaScript:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,x",
        "//example.com/1.jpg",
        "/photos/1.jpg",
        "ftp://example.com/1.jpg",
        "https://",
        "https://me:secret@example.com/",
        "https:\\\\example.com",
    ],
)
def test_no_other_address_is_taken(value: str) -> None:
    with pytest.raises(Refusal, match="no address of the web"):
        values.web_address(value)
