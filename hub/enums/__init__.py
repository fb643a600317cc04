"""The closed lists of the field.

A member's name is what the store and the graph carry; its value is the description that the graph
shows. The docstring names the law or standard that the list comes from.
"""

from __future__ import annotations

from enum import Enum


class Level(Enum):
    """Level of a division or of its congress 层级 (Constitution, art. 30 and 95)."""

    NATIONAL = "The nation 全国"
    PROVINCE = "Province, autonomous region or municipality under the central government 省级"
    PREFECTURE = "Prefecture-level city or autonomous prefecture 设区的市、自治州"
    COUNTY = "County, county-level city or district 县级"
    TOWNSHIP = "Township, town or subdistrict 乡级"
    VILLAGE = "Village or residential community 村级"


class Gender(Enum):
    """Sex (GB/T 2261.1) 性别."""

    MALE = "Male 男"
    FEMALE = "Female 女"
    UNKNOWN = "Unknown 未知的性别"
    NOT_STATED = "Not stated 未说明的性别"


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


class PlaceKind(Enum):
    """Kind of a place where deputies meet people 家站点类型."""

    HOME = "Home for deputies 代表之家"
    STATION = "Liaison station 代表联络站"
    POINT = "Contact point 代表联系点"


class PlaceStatus(Enum):
    """State of a home or station 家站状态."""

    ACTIVE = "Open 运行"
    SUSPENDED = "Closed for a time 暂停"
    MERGED = "Merged into another 合并"
    CLOSED = "Closed 撤销"


class GroupKind(Enum):
    """Kind of a deputy group 代表小组类型 (Deputies Law 2025, art. 27)."""

    TERRITORIAL = "By territory 地域小组"
    PROFESSIONAL = "By field of work 专业小组"


class MemberRole(Enum):
    """Role in a home, station or group 成员角色."""

    LEADER = "Leader or head 组长、站长"
    DEPUTY_LEADER = "Deputy leader 副组长、副站长"
    LIAISON_OFFICER = "Liaison officer 联络员"
    MEMBER = "Member 成员"


class SuccessionKind(Enum):
    """How one division followed another 区划变更类型."""

    RENAMED = "Same code, new name 更名"
    RECODED = "Same name, new code 代码变更"
    UPGRADED = "Same name stem, new kind and code 改设"
    MERGED = "Merged into another 并入"


class ConnectorKind(Enum):
    """How a system is read 连接方式."""

    REST = "HTTP API with JSON answers 接口"
    SQL = "Database 数据库"
    FILE = "Files in a folder 文件"
    GRAPHQL = "GraphQL API"
    PUSH = "The system pushes to the hub 推送"


class SystemStatus(Enum):
    """State of a source system as the hub sees it 系统状态."""

    NEW = "Not read yet 未同步"
    OK = "The last run succeeded 正常"
    FAILING = "The last run failed; earlier data stays served 异常"


class RunKind(Enum):
    """What a run was 运行类型."""

    SYNC = "The hub read the system 同步"
    PUSH = "The system pushed 推送"


class RunStatus(Enum):
    """State of a run 运行状态."""

    RUNNING = "Under way 进行中"
    SUCCEEDED = "Complete 成功"
    FAILED = "Stopped by an error; what was stored before stays 失败"
    UNDONE = "Taken back by a steward, as if it had never been 已撤销"


class Outcome(Enum):
    """What became of one pushed record 处理结果."""

    STORED = "New or changed, stored 已存储"
    UNCHANGED = "Known and the same 无变化"
    QUARANTINED = "Refused and kept with its reason 已隔离"


class ChangeKind(Enum):
    """What happened to a golden row 变更类型."""

    CREATED = "Created 新增"
    UPDATED = "Updated 修改"
    DELETED = "Deleted 删除"


class RecordKind(Enum):
    """Kind of a source record 记录类型."""

    __hash__ = object.__hash__  # much is looked up by kind, and a hash in Python is slow

    CONGRESS = "A congress in one term 人民代表大会（届）"
    DEPUTY = "A deputy's mandate 代表职务"
    HOME = "A home for deputies 代表之家"
    STATION = "A liaison station 代表联络站"
    GROUP = "A deputy group 代表小组"
    HANDLING_BODY = "A body that handles suggestions 承办单位"
    SUGGESTION = "A deputies' suggestion 代表建议"
    ASSIGNMENT = "A hand-over of a suggestion to a handler 交办"
    PUBLIC_OPINION = "An opinion of the public 群众意见"
    LIVELIHOOD_PROJECT = "A livelihood project chosen by deputies' vote 民生实事项目"
    PROJECT_PROPOSAL = "A proposal for a livelihood project 征集建议项目"
    PROJECT_BALLOT = "A vote of deputies on livelihood projects 票决"
    BALLOT_LINE = "The votes on one candidate of a ballot 候选项目得票"
    PROJECT_MILESTONE = "A milestone of a livelihood project 项目节点"
    PROJECT_FUNDING = "Money for a livelihood project 项目资金"
    PROJECT_EVALUATION = "A judgement of deputies on livelihood projects 项目测评"
    ACTIVITY = "An activity of deputies 代表活动"
    ACTIVITY_PARTICIPATION = "A part of a deputy in an activity 履职记录"
    COURSE = "A course of the learning centre 学习课程"
    LEARNING_RECORD = "What a deputy learned of a course 学习记录"
    SCORE_RULE_SET = "A version of a congress's rules of scoring 评分办法"
    SCORE_RULE = "An item of a rule set 评分项目"
    DUTY_SCORE = "Points of a mandate for an item 履职得分"
    MEETING = "A session or another meeting 会议"
    APPOINTMENT = "An appointment or removal 人事任免"
    MAJOR_DECISION = "A decision on a major matter 重大事项决定"
    SUPERVISION_ITEM = "A matter under supervision 监督事项"
    SUPERVISION_STAGE = "A stage of a supervision item 监督环节"
    SUPERVISION_FINDING = "A problem found by supervision 监督发现的问题"
    BUDGET_LINE = "A line of a budget 预算科目"
    PAYMENT = "A payment from a line of a budget 支付明细"


class Verdict(Enum):
    """What a judgement says of two records 判定."""

    SAME = "They are of one person or place 同一"
    DIFFERENT = "They are of two 不同"
    UNSURE = "Left open for later 待定"


class Judge(Enum):
    """What a judgement rests on 判定依据."""

    RULE = "A rule of the hub 规则"
    SCORE = "The score of a comparison 评分"
    STEWARD = "The word of a steward, which outranks rules and scores 数据管理员"


class Sight(Enum):
    """What a run found of a record without storing it anew."""

    SEEN = "There and unchanged 未变"
    GONE = "Still gone 仍缺失"
    MISSING = "Missing, its deletion withheld 暂缓删除"


class Agreement(Enum):
    """How the values of two records agree 比对结果."""

    EQUAL = "The same, but for form 一致"
    CLOSE = "Nearly the same 相近"
    DIFFERENT = "Different 不同"
    MISSING = "One of the two states none 缺失"
