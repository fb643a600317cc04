"""Deputies: mandates of persons in congresses."""

from __future__ import annotations

from datetime import date
from enum import Enum

from sqlalchemy import Boolean, Date, Index, Integer, UniqueConstraint

from hub import values
from hub.subjects.columns import golden, link, listed, plain
from hub.subjects.divisions import Level
from hub.subjects.fields import DIVISION_FIELDS, EXTERNAL_ID, LEVEL, feeding
from hub.subjects.kinds import Field, Kind, Placing, Reference
from hub.subjects.people import gender, person
from hub.subjects.record_kinds import RecordKind
from hub.values import Raw, enum_vocabulary, read_word


class MandateStatus(Enum):
    """State of a mandate 代表职务状态 (Deputies Law 2025, art. 2, 61 and 62)."""

    ELECTED_PENDING_REVIEW = "Elected, credentials not yet confirmed 当选待资格审查"
    ACTIVE = "In office 在任"
    SUSPENDED = "Duties suspended 暂时停止执行代表职务"
    TERMINATED = "Qualification ended 代表资格终止"
    EXPIRED = "Term of office over 任期届满"


class StatusReason(Enum):
    """Why a mandate is suspended or ended 原因 (Deputies Law 2025, art. 61 and 62)."""

    IN_CUSTODY = "In custody under investigation or trial 被羁押"
    SERVING_SENTENCE = "Serving a sentence without loss of political rights 服刑"
    MOVED_AWAY = "Moved or transferred out of the division 迁出或者调离本行政区域"
    RESIGNED = "Resignation accepted 辞职被接受"
    ABSENT_TWICE = "Absent from two sessions without leave 两次未经批准不出席会议"
    RECALLED = "Recalled 被罢免"
    LOST_NATIONALITY = "Lost Chinese nationality 丧失国籍"
    POLITICAL_RIGHTS_DEPRIVED = "Deprived of political rights 被剥夺政治权利"
    INCAPACITATED = "Lost legal capacity 丧失行为能力"
    DIED = "Died 去世"
    DIVISION_ABOLISHED = "The congress ended with its division 行政区划撤销"


class EntryMode(Enum):
    """How a mandate was won 产生方式 (Electoral Law)."""

    GENERAL_ELECTION = "General election of a new term 换届选举"
    BY_ELECTION = "By-election 补选"


class CongressPost(Enum):
    """Post in the standing committee or presidium 人大职务 (Organic Law of Local Congresses)."""

    CHAIR = "Chair of the standing committee 常委会主任"
    VICE_CHAIR = "Vice-chair of the standing committee 常委会副主任"
    SECRETARY_GENERAL = "Secretary-general 秘书长"
    MEMBER = "Member of the standing committee 常委会委员"
    PRESIDIUM_CHAIR = "Chair of the township presidium 主席"
    PRESIDIUM_VICE_CHAIR = "Vice-chair of the township presidium 副主席"
    PRESIDIUM_MEMBER = "Member of the township presidium 主席团成员"


MANDATE_STATUS = enum_vocabulary(
    "state of a mandate",
    "在任, 暂停, 终止, 届满 or 待审查",
    MandateStatus,
    {
        "ELECTED_PENDING_REVIEW": "待审查 当选 当选待审查 当选待资格审查 待资格审查",
        "ACTIVE": "在任 在职 正常 现任 履职中",
        "SUSPENDED": "暂停 暂停职务 暂停执行职务 暂停执行代表职务 暂时停止执行代表职务",
        "TERMINATED": "终止 已终止 终止资格 代表资格终止 资格终止 "
        "罢免 被罢免 辞职 责令辞职 去世 死亡 病故 逝世 调离 迁出",
        "EXPIRED": "届满 任期届满 任满 换届离任",
    },
)

STATUS_REASON = enum_vocabulary(
    "reason",
    "辞职, 罢免, 调离, 去世 or another reason of the Deputies Law, art. 61 and 62",
    StatusReason,
    {
        "IN_CUSTODY": "羁押 被羁押 因刑事案件被羁押 因刑事案件被羁押正在受侦查、起诉、审判",
        "SERVING_SENTENCE": "服刑 正在服刑 被依法判处管制、拘役或者有期徒刑而没有附加剥夺政治权利",
        "MOVED_AWAY": "调离 迁出 调离本行政区域 迁出本行政区域 调离或迁出 迁出或调离 "
        "迁出或者调离本行政区域 工作调动",
        "RESIGNED": "辞职 辞去代表职务 辞职被接受 责令辞职 辞职获准",
        "ABSENT_TWICE": "两次缺席 未经批准两次不出席会议 两次未经批准不出席会议 "
        "未经批准两次不出席本级人民代表大会会议",
        "RECALLED": "罢免 被罢免",
        "LOST_NATIONALITY": "丧失国籍 丧失中国国籍 丧失中华人民共和国国籍",
        "POLITICAL_RIGHTS_DEPRIVED": "剥夺政治权利 被剥夺政治权利 依照法律被剥夺政治权利",
        "INCAPACITATED": "丧失行为能力 丧失民事行为能力",
        "DIED": "去世 死亡 病故 逝世 病逝 因病去世",
        "DIVISION_ABOLISHED": "行政区划撤销 区划撤销 撤销行政区划 区划调整",
    },
)

ENTRY_MODE = enum_vocabulary(
    "way of election",
    "换届选举 or 补选",
    EntryMode,
    {"GENERAL_ELECTION": "换届选举 换届 换届当选", "BY_ELECTION": "补选 届中补选 补选当选"},
)

CONGRESS_POST = enum_vocabulary(
    "post in the congress",
    "主任, 副主任, 秘书长, 委员, 主席, 副主席 or 主席团成员",
    CongressPost,
    {
        "CHAIR": "主任 常委会主任 人大常委会主任",
        "VICE_CHAIR": "副主任 常委会副主任 人大常委会副主任",
        "SECRETARY_GENERAL": "秘书长 常委会秘书长 人大常委会秘书长",
        "MEMBER": "委员 常委会委员 人大常委会委员 常委",
        "PRESIDIUM_CHAIR": "主席 人大主席 主席团主席 人大主席团主席",
        "PRESIDIUM_VICE_CHAIR": "副主席 人大副主席 主席团副主席 人大主席团副主席",
        "PRESIDIUM_MEMBER": "主席团成员 人大主席团成员",
    },
)


def mandate_status(value: Raw) -> str | None:
    """State of a mandate 代表职务状态 (Deputies Law 2025, art. 2, 61 and 62).

    A member's name of MandateStatus, None for no value. A word for the reason, such as 辞职,
    is read as TERMINATED. Raises Refusal UNKNOWN_CODE.
    """
    return read_word(value, MANDATE_STATUS)


def status_reason(value: Raw) -> str | None:
    """Why a mandate is suspended or ended (Deputies Law 2025, art. 61 and 62).

    A member's name of StatusReason, None for no value. Raises Refusal UNKNOWN_CODE.
    """
    return read_word(value, STATUS_REASON)


def entry_mode(value: Raw) -> str | None:
    """How a mandate was won 产生方式 (Electoral Law), as a member's name of EntryMode.

    None for no value. Raises Refusal UNKNOWN_CODE.
    """
    return read_word(value, ENTRY_MODE)


def congress_post(value: Raw) -> str | None:
    """Post in the standing committee or presidium 人大职务, as a name of CongressPost.

    None for no value. Raises Refusal UNKNOWN_CODE.
    """
    return read_word(value, CONGRESS_POST)


deputy = golden(
    "deputy",
    link("division_id", "division", "Division of the congress", nullable=False),
    link("person_id", "person", "The natural person 自然人", nullable=False),
    link("congress_id", "congress", "Congress and term of the mandate 所属人大", nullable=False),
    listed("level", Level, "Level of the congress 层级", nullable=False),
    plain("term", "Number of the term 届次", Integer),
    listed("status", MandateStatus, "State of the mandate 代表职务状态"),
    listed("status_reason", StatusReason, "Why it is suspended or ended 原因"),
    plain("resignation_ordered", "Whether the resignation was ordered 责令辞职", Boolean),
    listed("entry_mode", EntryMode, "General election or by-election 产生方式"),
    plain("delegation", "Delegation 代表团"),
    plain("electoral_unit", "Electoral district, or the congress that elected 选区、选举单位"),
    plain(
        "certificate_number", "Certificate number, unique in one congress and term only 代表证号"
    ),
    listed("congress_post", CongressPost, "Post in the standing committee or presidium 人大职务"),
    plain("composition_type", "Group of society counted for: worker, farmer, cadre 结构类型"),
    plain("is_reelected", "Whether re-elected 是否连任", Boolean),
    plain(
        "can_receive_opinions", "Whether people may write to this deputy 是否可接收意见", Boolean
    ),
    plain("commitment", "What the deputy promised to do 履职承诺"),
    plain("start_date", "First day of the mandate 任职起始", Date),
    plain("end_date", "Last day of the mandate 任职终止", Date),
    UniqueConstraint("person_id", "congress_id", deferrable=True, initially="DEFERRED"),
    Index("ix_deputy_congress_id", "congress_id"),
    Index("ix_deputy_division_id", "division_id"),
    orders=(
        "level",
        "term",
        "congress_post",
        "certificate_number",
        "start_date",
        "end_date",
    ),
)

_person = feeding(person)

_deputy = feeding(deputy)

DEPUTY = Kind(
    RecordKind.DEPUTY,
    "Deputy",
    "Deputies",
    deputy,
    (
        EXTERNAL_ID,
        Field(
            "personKey",
            values.person_key,
            "Key of the person inside the system, where one person has several records 人员编号",
        ),
        _person("name", values.name, required=True),
        _person("gender", gender),
        _person("ethnicity", values.ethnicity),
        _person("birth", values.birth, column="birth_month"),
        Field(
            "nationalId",
            values.text,
            "Citizen id number, or its HMAC; write-only, kept as a keyed HMAC only 身份证号",
        ),
        _person("phone", values.phone),
        _person("politicalAffiliation", values.political_affiliation),
        _person("education", values.education),
        _person("degree", values.text),
        _person("school", values.text),
        _person("major", values.text),
        _person("nativePlace", values.text),
        _person("employer", values.text),
        _person("post", values.text),
        _person("employerAndPost", values.text),
        _person("occupation", values.text),
        _person("professionalTitle", values.text),
        _person("introduction", values.text),
        _person("photoUrl", values.web_address),
        _person("email", values.text),
        _person("wechat", values.text),
        _person("qq", values.text),
        _person("homeAddress", values.text),
        _person("postcode", values.text),
        *DIVISION_FIELDS,
        LEVEL,
        _deputy("term", values.term, int),
        _deputy("electoralUnit", values.text),
        _deputy("delegation", values.text),
        _deputy("certificateNumber", values.short_text),
        _deputy("status", mandate_status),
        _deputy("statusReason", status_reason),
        _deputy("resignationOrdered", values.boolean, bool),
        _deputy("entryMode", entry_mode),
        _deputy("congressPost", congress_post),
        _deputy("compositionType", values.text),
        _deputy("isReelected", values.boolean, bool),
        _deputy("canReceiveOpinions", values.boolean, bool),
        _deputy("commitment", values.text),
        _deputy("startDate", values.iso_day, date),
        _deputy("endDate", values.iso_day, date),
    ),
    (
        Reference("homes", RecordKind.HOME, "Homes the deputy belongs to 进驻的代表之家"),
        Reference("stations", RecordKind.STATION, "Stations the deputy is posted to 进驻的联络站"),
        Reference("groups", RecordKind.GROUP, "Groups the deputy belongs to 所在代表小组"),
    ),
    placing=Placing.MANDATE,
)

KINDS = (DEPUTY,)
