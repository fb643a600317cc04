"""The closed lists of suggestions and their handling."""

from __future__ import annotations

from enum import Enum


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
