"""The enums of mandates, places and groups, in the words of sources."""

from __future__ import annotations

from hub import enums
from hub.values.codes import enum_vocabulary, read_word
from hub.values.raw import Raw

MANDATE_STATUS = enum_vocabulary(
    "state of a mandate",
    "在任, 暂停, 终止, 届满 or 待审查",
    enums.MandateStatus,
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
    enums.StatusReason,
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
    enums.EntryMode,
    {"GENERAL_ELECTION": "换届选举 换届 换届当选", "BY_ELECTION": "补选 届中补选 补选当选"},
)
CONGRESS_POST = enum_vocabulary(
    "post in the congress",
    "主任, 副主任, 秘书长, 委员, 主席, 副主席 or 主席团成员",
    enums.CongressPost,
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
PLACE_KIND = enum_vocabulary(
    "kind of place",
    "代表之家, 联络站 or 联系点",
    enums.PlaceKind,
    {
        "HOME": "家 代表之家 人大代表之家 代表家",
        "STATION": "站 室 联络站 代表联络站 人大代表联络站 工作站 代表工作站 活动站 代表活动站 "
        "活动室 代表活动室 工作室 代表工作室 代表室 社区联络站 中心站 总站",
        "POINT": "点 联系点 代表联系点 联络点 代表联络点 人大代表联系点 人大代表联络点",
    },
)
PLACE_STATUS = enum_vocabulary(
    "state of a place",
    "运行, 暂停, 合并 or 撤销",
    enums.PlaceStatus,
    {
        "ACTIVE": "运行 正常 正常运行 运行中 在用 启用 开放",
        "SUSPENDED": "暂停 暂停运行 暂停开放",
        "MERGED": "合并 已合并 并入",
        "CLOSED": "撤销 已撤销 关闭 已关闭",
    },
)
GROUP_KIND = enum_vocabulary(
    "kind of group",
    "专业 or 地域",
    enums.GroupKind,
    {
        "TERRITORIAL": "地域 区域 地域小组 区域小组 地域代表小组 区域代表小组",
        "PROFESSIONAL": "专业 领域 专业小组 领域小组 专业代表小组 领域代表小组",
    },
)
MEMBER_ROLE = enum_vocabulary(
    "role",
    "组长, 副组长, 站长, 副站长, 联络员 or 成员",
    enums.MemberRole,
    {
        "LEADER": "组长 站长 小组长 召集人 负责人",
        "DEPUTY_LEADER": "副组长 副站长 副召集人 副负责人",
        "LIAISON_OFFICER": "联络员 专职联络员",
        "MEMBER": "成员 组员 小组成员 驻站代表 进站代表",
    },
)


def mandate_status(value: Raw) -> str | None:
    """State of a mandate 代表职务状态 (Deputies Law 2025, art. 2, 61 and 62).

    A member's name of enums.MandateStatus, None for no value. A word for the reason, such as 辞职,
    is read as TERMINATED. Raises Refusal UNKNOWN_CODE.
    """
    return read_word(value, MANDATE_STATUS)


def status_reason(value: Raw) -> str | None:
    """Why a mandate is suspended or ended (Deputies Law 2025, art. 61 and 62).

    A member's name of enums.StatusReason, None for no value. Raises Refusal UNKNOWN_CODE.
    """
    return read_word(value, STATUS_REASON)


def entry_mode(value: Raw) -> str | None:
    """How a mandate was won 产生方式 (Electoral Law), as a member's name of enums.EntryMode.

    None for no value. Raises Refusal UNKNOWN_CODE.
    """
    return read_word(value, ENTRY_MODE)


def congress_post(value: Raw) -> str | None:
    """Post in the standing committee or presidium 人大职务, as a name of enums.CongressPost.

    None for no value. Raises Refusal UNKNOWN_CODE.
    """
    return read_word(value, CONGRESS_POST)


def place_kind(value: Raw) -> str | None:
    """Kind of a place where deputies meet people 家站点, as a name of enums.PlaceKind.

    None for no value. Raises Refusal UNKNOWN_CODE.
    """
    return read_word(value, PLACE_KIND)


def place_status(value: Raw) -> str | None:
    """State of a place, as a member's name of enums.PlaceStatus; None for no value.

    Raises Refusal UNKNOWN_CODE.
    """
    return read_word(value, PLACE_STATUS)


def group_kind(value: Raw) -> str | None:
    """Kind of a deputy group (Deputies Law 2025, art. 27), as a name of enums.GroupKind.

    None for no value. Raises Refusal UNKNOWN_CODE.
    """
    return read_word(value, GROUP_KIND)


def member_role(value: Raw) -> str | None:
    """Role in a home, station or group 成员角色, as a member's name of enums.MemberRole.

    None for no value. Raises Refusal UNKNOWN_CODE.
    """
    return read_word(value, MEMBER_ROLE)
