"""Suggestions of deputies, the bodies that handle them, and their hand-overs."""

from __future__ import annotations

from enum import Enum

from sqlalchemy import Boolean, Date, Index, Integer, Table, text

from hub.subjects.checks import between, needs, not_before
from hub.subjects.columns import (
    degree,
    derived,
    golden,
    key,
    link,
    listed,
    membership,
    metadata,
    plain,
    restricted,
)
from hub.subjects.divisions import Level
from hub.subjects.fields import EXTERNAL_ID, OWN_DIVISION, fields_of, other
from hub.subjects.kinds import Kind, Membership, Placing, Reference
from hub.subjects.record_kinds import RecordKind


class SuggestionKind(Enum):
    """Kind of a suggestion 类型 (Deputies Law 2025)."""

    SUGGESTION = "Suggestion, criticism or opinion 建议、批评和意见、意见"
    MOTION = "Motion handled as a suggestion 议案转建议、议案"


class SuggestionState(Enum):
    """State of a suggestion 建议办理状态 (Deputies Law 2025, local rules on handling)."""

    DRAFT = "Being written, co-signers invited 草稿、起草"
    WITHDRAWN = "Taken back by its deputies 撤回、已撤回"
    SUBMITTED = "Waits for review 已提交、待审核"
    REJECTED = "Not accepted as a suggestion 不予立案、未立案"
    ACCEPTED = "Accepted, not handed over yet 已立案、待交办"
    ASSIGNED = "Handed over 交办、已交办"
    RETURN_REQUESTED = "A handler says that it is not theirs 申请退回、退办"
    HANDLING = "Being handled 承办、办理中"
    EXTENSION_REQUESTED = "A handler asks for more time 申请延期、延期"
    REPLIED = "Formal reply given 答复、已答复"
    EVALUATED = "The deputy has judged the handling 已测评、已评价"
    REHANDLING = "Handled again after an unsatisfied deputy 重新办理、重办"
    CLOSED = "Closed 办结、已办结"
    SELF_HANDLED = "Handled by the congress itself 自行办理"


class SuggestionBasis(Enum):
    """How a suggestion arose 建议形成方式."""

    RESEARCH = "By research 调研、专题调研"
    MEETING = "At a meeting or discussion 座谈、会议"
    VISIT = "By visiting voters 走访、走访选民"
    INSPECTION = "By inspecting 视察"
    OPINION = "From opinions of the public 群众反映、群众意见"


class PublishConsent(Enum):
    """How much of a suggestion may be published 公开方式."""

    FULL = "The whole text 全文公开、公开"
    TITLE_ONLY = "The title only 仅公开标题、公开标题"
    NONE = "Nothing 不公开"


class HandlingRole(Enum):
    """Part of a handling body in a hand-over 办理方式."""

    SINGLE = "The only handler 单办、独办"
    LEAD = "Leads the handling and gives the one reply 主办"
    JOINT = "Gives its opinion to the leading handler 会办、协办"
    SEPARATE = "Handles its part and replies for it 分办、分别办理"


class AssignmentState(Enum):
    """State of a hand-over 交办状态."""

    ASSIGNED = "Handed over, not accepted yet 已交办、交办、待签收"
    ACCEPTED = "Accepted by the handler 已签收、签收"
    RETURN_REQUESTED = "The handler asks to give it back 申请退回"
    RETURNED = "Given back or refused; another handler follows 已退回、退回、拒收、拒签"
    HANDLING = "Being handled 办理中、承办"
    EXTENSION_REQUESTED = "The handler asks for more time 申请延期"
    REPLIED = "Replied 已答复、答复"
    REHANDLING = "Handled again 重新办理、重办"
    CLOSED = "Closed 已办结、办结"


class ReplyKind(Enum):
    """Kind of a reply 答复类型."""

    FORMAL = "Formal reply 正式答复、书面答复"
    INTERIM = "Reply on the state of things 阶段性答复"
    JOINT_OPINION = "Opinion of a joint handler 会办意见"
    SECOND = "Reply after handling again 再次答复"


class ResultClass(Enum):
    """What came of it, whatever letter the source uses 办理结果类别."""

    RESOLVED = "Solved or adopted 已解决、解决、已采纳"
    IN_PROGRESS = "Being solved 正在解决"
    PLANNED = "In a plan, step by step 列入计划、计划解决、逐步解决"
    NOT_FEASIBLE_NOW = "Conditions are lacking 暂不具备条件、暂不能解决"
    FOR_REFERENCE = "Kept for reference 留作参考、供参考"


class Satisfaction(Enum):
    """A judgement 满意度."""

    SATISFIED = "Satisfied 满意"
    BASICALLY_SATISFIED = "Basically satisfied 基本满意"
    NOT_SATISFIED = "Not satisfied 不满意"


class OrganKind(Enum):
    """Kind of a body 单位类别 (一府一委两院 and others)."""

    GOVERNMENT = "People's government or a department of it 政府、政府部门"
    SUPERVISION_COMMISSION = "Supervision commission 监察委员会、监委"
    COURT = "People's court 人民法院、法院"
    PROCURATORATE = "People's procuratorate 人民检察院、检察院"
    CONGRESS = "A body of the congress 人大、人大机关"
    PARTY = "Party body or mass organisation 党群部门、党委部门、群团"
    TOWNSHIP = "Township or subdistrict 乡镇街道、乡镇"
    OTHER = "Enterprise or another body 企事业单位、其他"


handling_body = golden(
    "handling_body",
    link("division_id", "division", "Division that it serves 行政区划", nullable=False),
    plain("name", "Name of the body 单位名称", nullable=False),
    derived(listed("level", Level, "Level of the division 层级", nullable=False)),
    listed("kind", OrganKind, "Kind of body 单位类别"),
    plain("credit_code", "Unified social credit code 统一社会信用代码"),
    restricted("phone", "Phone of its contact 联系电话."),
    Index("ix_handling_body_division_id", "division_id"),
    orders=(
        "name",
        "credit_code",
    ),
)

suggestion = golden(
    "suggestion",
    link("division_id", "division", "Division of its congress 行政区划", nullable=False),
    link("congress_id", "congress", "Congress it was put to, where its term is known 所属人大"),
    link("lead_deputy_id", "deputy", "Mandate that leads it; null: a delegation does 领衔代表"),
    derived(listed("level", Level, "Level of the division 层级", nullable=False)),
    plain("number", "Running number in its congress 建议编号"),
    plain("title", "Title 标题", nullable=False),
    restricted("body", "Text, public where its deputies agreed to that 正文."),
    plain("summary", "Summary 摘要"),
    listed("kind", SuggestionKind, "Suggestion or motion 类型"),
    plain("category", "Subject, as the source names it 类别"),
    listed("state", SuggestionState, "State 状态", nullable=False),
    plain("source_state", "The source's own code of the state 来源状态代码"),
    plain("session", "Number of the session it was put to; null: between sessions 会次", Integer),
    plain("delegation", "Delegation that leads it 领衔代表团"),
    degree(
        plain(
            "raised_before", "For how many years it was put before this one 此前提出年数", Integer
        )
    ),
    listed("arose_from", SuggestionBasis, "How it arose 建议形成方式"),
    plain("is_key", "Whether it is under priority supervision 是否重点督办", Boolean),
    listed("consent", PublishConsent, "How much may be published 公开方式"),
    plain("submitted_at", "Day it was put 提出日期", Date),
    plain("accepted_at", "Day it was accepted 立案日期", Date),
    plain("closed_at", "Day it was closed 办结日期", Date),
    Index("ix_suggestion_division_id", "division_id", "state"),
    Index("ix_suggestion_congress_id", "congress_id"),
    Index("ix_suggestion_lead_deputy_id", "lead_deputy_id"),
    orders=(
        "level",
        "number",
        "title",
        "session",
        "raised_before",
        "submitted_at",
        "accepted_at",
        "closed_at",
    ),
)

suggestion_co_signer = membership("suggestion_co_signer", "suggestion")

assignment = golden(
    "assignment",
    link("division_id", "division", "Division of the suggestion 行政区划", nullable=False),
    link("suggestion_id", "suggestion", "Suggestion handed over 建议"),
    link("handler_id", "handling_body", "Body that handles it 承办单位"),
    plain("handler_name", "Name of the body, as the source writes it 承办单位名称"),
    listed("role", HandlingRole, "Single, leading, joint or separate 办理方式"),
    listed("state", AssignmentState, "State 状态"),
    plain("source_state", "The source's own code of the state 来源状态代码"),
    plain("assigned_at", "Day of the hand-over 交办日期", Date),
    plain("accepted_at", "Day the handler accepted it 签收日期", Date),
    plain(
        "is_difficult", "Whether it is wide or difficult: 6 months 是否涉及面广、难度大", Boolean
    ),
    plain("source_due_date", "Day the reply is due by the source 来源办理期限", Date),
    derived(plain("legal_due_date", "Day the reply is due by law 法定办理期限", Date)),
    derived(
        plain(
            "due_date_explanation",
            "How the day by law is counted, and why the source's differs 期限说明",
        )
    ),
    plain("rehandled_from", "Day it was handed over again 重新交办日期", Date),
    plain("contacted_at", "Day the handler first contacted the deputy 首次联系代表日期", Date),
    plain("consulted_at", "Day of the face-to-face consultation with the deputy 面商日期", Date),
    plain("consultation", "What was consulted about and agreed 面商情况"),
    plain("return_requested_at", "Day the handler asked to give it back 申请退回日期", Date),
    plain("return_reason", "Why the handler asked to give it back 退回理由"),
    plain("extension_requested_at", "Day the handler asked for more time 申请延期日期", Date),
    plain("extended_to", "Day up to which more time was granted 延期至", Date),
    plain("replied_at", "Day of the reply 答复日期", Date),
    listed("reply_kind", ReplyKind, "Kind of reply 答复类型"),
    plain("reply", "What was replied 答复内容"),
    listed("result", ResultClass, "What came of it 办理结果"),
    plain("source_result", "The source's own letter of the result 来源结果代码"),
    plain("evaluated_at", "Day of the deputy's judgement 评价日期", Date),
    listed("attitude", Satisfaction, "Judgement of the handler's attitude 办理态度评价"),
    listed("satisfaction", Satisfaction, "Judgement of the result 办理结果评价"),
    plain("evaluation_note", "What the deputy said to it 评价意见"),
    Index("ix_assignment_suggestion_id", "suggestion_id"),
    Index("ix_assignment_handler_id", "handler_id"),
    Index("ix_assignment_division_id", "division_id", "state"),
    Index(
        "ix_assignment_legal_due_date",
        "legal_due_date",
        postgresql_where=text("replied_at IS NULL"),
    ),
    orders=(
        "handler_name",
        "assigned_at",
        "accepted_at",
        "source_due_date",
        "legal_due_date",
        "extended_to",
        "replied_at",
        "evaluated_at",
    ),
)

legal_clock = Table(
    "legal_clock",
    metadata,
    key(),
    link(
        "division_id",
        "division",
        "Division where the rule holds, and below 适用行政区划",
        nullable=False,
    ),
    plain("valid_from", "First day it holds 生效日期", Date, nullable=False),
    plain("valid_to", "Last day it holds 失效日期", Date),
    plain(
        "months", "Months from the hand-over to the reply 答复期限（月）", Integer, nullable=False
    ),
    plain(
        "months_difficult",
        "Months for what is wide or difficult 涉及面广、难度大的答复期限（月）",
        Integer,
        nullable=False,
    ),
    plain("months_again", "Months when handled again 重新办理期限（月）", Integer, nullable=False),
    plain("months_joint", "Months for a joint handler's opinion 会办意见期限（月）", Integer),
    plain("basis", "The rule it comes from 依据", nullable=False),
    Index("ix_legal_clock_division_id", "division_id"),
    info={
        "orders": (
            "valid_from",
            "valid_to",
        )
    },
)

HANDLING_BODY = Kind(
    RecordKind.HANDLING_BODY,
    "HandlingBody",
    "HandlingBodies",
    handling_body,
    (*OWN_DIVISION, *fields_of(handling_body, required=("name",))),
)

SUGGESTION = Kind(
    RecordKind.SUGGESTION,
    "Suggestion",
    "Suggestions",
    suggestion,
    (*OWN_DIVISION, *fields_of(suggestion, required=("title", "state"))),
    (
        other(
            "leadDeputy",
            RecordKind.DEPUTY,
            "Mandate that leads it; left out where a delegation does 领衔代表",
        ),
        Reference(
            "coSigners", RecordKind.DEPUTY, "Mandates that sign it too 联名代表", across=True
        ),
    ),
    (Membership(suggestion_co_signer, RecordKind.DEPUTY, "coSigners"),),
    checks=(
        not_before("acceptedAt", "submittedAt"),
        not_before("closedAt", "submittedAt"),
        between("raisedBefore", 0),
    ),
)

ASSIGNMENT = Kind(
    RecordKind.ASSIGNMENT,
    "Assignment",
    "Assignments",
    assignment,
    (EXTERNAL_ID, *fields_of(assignment)),
    (
        other(
            "suggestion",
            RecordKind.SUGGESTION,
            "Suggestion that is handed over 建议",
            required=True,
        ),
        other("handler", RecordKind.HANDLING_BODY, "Body that handles it 承办单位"),
    ),
    placing=Placing.PARENT,
    parent="suggestion",
    checks=(
        needs("repliedAt", "assignedAt"),
        needs("consultation", "consultedAt"),
        not_before("acceptedAt", "assignedAt"),
        not_before("sourceDueDate", "assignedAt"),
        not_before("rehandledFrom", "assignedAt"),
        not_before("contactedAt", "assignedAt"),
        not_before("consultedAt", "assignedAt"),
        not_before("returnRequestedAt", "assignedAt"),
        not_before("extendedTo", "assignedAt"),
        not_before("repliedAt", "assignedAt"),
        not_before("evaluatedAt", "repliedAt"),
    ),
)

KINDS = (HANDLING_BODY, SUGGESTION, ASSIGNMENT)
