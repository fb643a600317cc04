"""Livelihood projects chosen by deputies' vote: from proposals to the evaluation."""

from __future__ import annotations

from enum import Enum

from sqlalchemy import Boolean, Date, Float, Index, Integer

from hub import values
from hub.subjects.checks import VOTES, between, no_more_votes_than_voters, not_before, one_of
from hub.subjects.columns import amount, degree, derived, golden, link, listed, membership, plain
from hub.subjects.divisions import Level
from hub.subjects.fields import EXTERNAL_ID, OWN_DIVISION, fields_of, other
from hub.subjects.kinds import Against, Kind, Membership, Placing, Reference
from hub.subjects.record_kinds import RecordKind


class ProjectState(Enum):
    """State of a livelihood project 民生实事项目状态 (征集、初定、票决、实施、测评)."""

    COLLECTING = "Proposals are collected 征集、征集中"
    SHORTLISTED = "Shortlisted as a candidate 初定、候选"
    ON_BALLOT = "On the ballot 提交票决、待票决"
    VOTED_IN = "Chosen by the deputies 票决通过、已票决"
    NOT_SELECTED = "Not chosen 未入选、落选"
    IN_PROGRESS = "Being carried out 实施中、建设中"
    ADJUSTED = "Changed with the standing committee's consent 已调整、调整"
    COMPLETED = "Complete 已完成、完成"
    DELAYED = "Behind its plan 滞后、延期"
    CARRIED_OVER = "Carried over to the next year 跨年实施、结转"
    EVALUATED = "Judged by the deputies 已测评、已评估"


class ProposerKind(Enum):
    """Who proposed a project 提出主体."""

    DEPUTY = "Deputies 代表、人大代表"
    PUBLIC = "The public 群众、社会公众"
    DEPARTMENT = "A department of government 部门、政府部门"
    TOWNSHIP = "A township or subdistrict 乡镇、乡镇街道"


class FundingSource(Enum):
    """Where money of a project comes from 资金来源."""

    CENTRAL = "Central finance 中央资金、中央财政"
    PROVINCE = "Provincial finance 省级资金、省级财政"
    PREFECTURE = "Finance of the prefecture 市级资金、市级财政"
    COUNTY = "Finance of the county 县级资金、县级财政、本级财政"
    TOWNSHIP = "Finance of the township 乡镇资金"
    SOCIAL = "Other than public finance 社会资金、自筹资金"


class SupervisionRole(Enum):
    """Part of a deputy in watching over a project 监督角色."""

    LEADER = "Leads the group that supervises 组长、牵头人"
    MEMBER = "Supervises 成员、监督代表"


livelihood_project = golden(
    "livelihood_project",
    link("division_id", "division", "Division whose project it is 行政区划", nullable=False),
    link("congress_id", "congress", "Congress that votes on it, where its term is known 所属人大"),
    link("responsible_body_id", "handling_body", "Body that carries it out 责任单位"),
    link("suggestion_id", "suggestion", "Suggestion that led to it 来源建议"),
    derived(listed("level", Level, "Level of the division 层级", nullable=False)),
    plain("year", "Year of the project list 年度", Integer, nullable=False),
    plain("number", "Number in the list 项目编号"),
    plain("title", "Title 项目名称", nullable=False),
    plain("category", "Class, as the source names it 类别"),
    plain("goal", "Goal that can be measured 建设目标"),
    listed("state", ProjectState, "State 状态", nullable=False),
    plain("source_state", "The source's own code of the state 来源状态代码"),
    plain("responsible_unit", "Body that carries it out, as the source writes it 责任单位名称"),
    plain("joint_units", "Bodies that help 配合单位"),
    plain("place", "Place, as the source writes it 实施地点"),
    amount(plain("budget", "Planned cost in yuan 计划投资（元）", Float)),
    plain("planned_start", "Planned first day 计划开工日期", Date),
    plain("planned_finish", "Planned last day 计划完工日期", Date),
    plain("started_at", "First day 开工日期", Date),
    plain("finished_at", "Day it was complete 完工日期", Date),
    degree(plain("progress", "Share done, in percent, as last reported 进度（%）", Float)),
    Index("ix_livelihood_project_division_id", "division_id", "year", "state"),
    Index("ix_livelihood_project_congress_id", "congress_id"),
    Index("ix_livelihood_project_responsible_body_id", "responsible_body_id"),
    Index("ix_livelihood_project_suggestion_id", "suggestion_id"),
    orders=(
        "level",
        "year",
        "number",
        "title",
        "budget",
        "progress",
        "planned_start",
        "planned_finish",
        "started_at",
        "finished_at",
    ),
)

livelihood_project_supervisor = membership(
    "livelihood_project_supervisor", "livelihood_project", roles=SupervisionRole
)

project_proposal = golden(
    "project_proposal",
    link("division_id", "division", "Division it was put to 行政区划", nullable=False),
    link("project_id", "livelihood_project", "Project that it became part of 形成的项目"),
    link("deputy_id", "deputy", "Mandate of the deputy who put it 提出代表"),
    link("opinion_id", "public_opinion", "Opinion it comes from 来源群众意见"),
    plain("title", "What is proposed 建议项目", nullable=False),
    listed("proposer", ProposerKind, "Who proposed it 提出主体"),
    plain("proposed_at", "Day it was put 提出日期", Date),
    Index("ix_project_proposal_division_id", "division_id"),
    Index("ix_project_proposal_project_id", "project_id"),
    Index("ix_project_proposal_deputy_id", "deputy_id"),
    Index("ix_project_proposal_opinion_id", "opinion_id"),
    orders=(
        "title",
        "proposed_at",
    ),
)

project_ballot = golden(
    "project_ballot",
    link("division_id", "division", "Division of the congress that voted 行政区划", nullable=False),
    link("congress_id", "congress", "Congress that voted, where its term is known 所属人大"),
    derived(listed("level", Level, "Level of the division 层级", nullable=False)),
    plain("year", "Year of the project list 年度", Integer),
    plain("held_at", "Day of the vote 票决日期", Date),
    plain("session", "Number of the session 会次", Integer),
    plain("is_competitive", "Whether there were more candidates than places 是否差额", Boolean),
    amount(plain("candidates", "Number of candidates 候选项目数", Integer)),
    amount(plain("places", "Number of projects to be chosen 应选项目数", Integer)),
    amount(plain("eligible", "Deputies who could vote 应到代表数", Integer)),
    amount(plain("present", "Deputies who were there 实到代表数", Integer)),
    Index("ix_project_ballot_division_id", "division_id", "year"),
    Index("ix_project_ballot_congress_id", "congress_id"),
    orders=(
        "year",
        "held_at",
    ),
)

ballot_line = golden(
    "ballot_line",
    link("division_id", "division", "Division of the ballot 行政区划", nullable=False),
    link("ballot_id", "project_ballot", "Ballot 票决"),
    link("project_id", "livelihood_project", "Candidate voted on 候选项目"),
    amount(plain("votes_for", "Votes for it 赞成票", Integer)),
    amount(plain("votes_against", "Votes against it 反对票", Integer)),
    amount(plain("abstentions", "Abstentions 弃权票", Integer)),
    plain("rank", "Place by votes for, 1 is the first 名次", Integer),
    plain("is_selected", "Whether it was chosen 是否入选", Boolean),
    Index("ix_ballot_line_ballot_id", "ballot_id"),
    Index("ix_ballot_line_project_id", "project_id"),
    orders=(
        "votes_for",
        "rank",
    ),
)

project_milestone = golden(
    "project_milestone",
    link("division_id", "division", "Division of the project 行政区划", nullable=False),
    link("project_id", "livelihood_project", "Project 项目"),
    plain("name", "What is to be reached 节点名称", nullable=False),
    plain("planned_at", "Day it is planned for 计划日期", Date),
    plain("reached_at", "Day it was reached 完成日期", Date),
    plain("reported_at", "Day of the report 填报日期", Date),
    degree(plain("progress", "Share of the project done by then, in percent 进度（%）", Float)),
    plain("note", "Remark 说明"),
    Index("ix_project_milestone_project_id", "project_id"),
    orders=(
        "name",
        "planned_at",
        "reached_at",
        "reported_at",
        "progress",
    ),
)

project_funding = golden(
    "project_funding",
    link("division_id", "division", "Division of the project 行政区划", nullable=False),
    link("project_id", "livelihood_project", "Project 项目"),
    listed("source", FundingSource, "Where the money comes from 资金来源"),
    amount(plain("planned", "Amount planned, in yuan 计划金额（元）", Float)),
    amount(plain("paid", "Amount paid, in yuan 到位金额（元）", Float)),
    Index("ix_project_funding_project_id", "project_id"),
    orders=(
        "planned",
        "paid",
    ),
)

project_evaluation = golden(
    "project_evaluation",
    link("division_id", "division", "Division whose deputies judged 行政区划", nullable=False),
    link("project_id", "livelihood_project", "Project judged; null: the whole list was 项目"),
    link("ballot_id", "project_ballot", "Ballot whose list was judged as a whole 票决"),
    plain("year", "Year of the project list 年度", Integer),
    plain("evaluated_at", "Day of the judgement 测评日期", Date),
    amount(plain("satisfied", "Deputies who were satisfied 满意票", Integer)),
    amount(
        plain("basically_satisfied", "Deputies who were basically satisfied 基本满意票", Integer)
    ),
    amount(plain("not_satisfied", "Deputies who were not satisfied 不满意票", Integer)),
    Index("ix_project_evaluation_division_id", "division_id"),
    Index("ix_project_evaluation_project_id", "project_id"),
    Index("ix_project_evaluation_ballot_id", "ballot_id"),
    orders=(
        "year",
        "evaluated_at",
    ),
)

PROJECT = Kind(
    RecordKind.LIVELIHOOD_PROJECT,
    "Project",
    "Projects",
    livelihood_project,
    (*OWN_DIVISION, *fields_of(livelihood_project, required=("year", "title", "state"))),
    (
        other("responsibleBody", RecordKind.HANDLING_BODY, "Body that carries it out 责任单位"),
        other("suggestion", RecordKind.SUGGESTION, "Suggestion that led to it 来源建议"),
        Reference(
            "supervisors",
            RecordKind.DEPUTY,
            "Mandates that watch over it, with role and dates 监督代表",
            with_role=True,
            across=True,
            read_role=values.listed_reader(SupervisionRole),
        ),
    ),
    (Membership(livelihood_project_supervisor, RecordKind.DEPUTY, "supervisors"),),
    checks=(
        not_before("plannedFinish", "plannedStart"),
        not_before("finishedAt", "startedAt"),
        between("progress", 0, 100),
    ),
)

PROPOSAL = Kind(
    RecordKind.PROJECT_PROPOSAL,
    "ProjectProposal",
    "ProjectProposals",
    project_proposal,
    (*OWN_DIVISION, *fields_of(project_proposal, required=("title",))),
    (
        other("project", RecordKind.LIVELIHOOD_PROJECT, "Project it became part of 形成的项目"),
        other("deputy", RecordKind.DEPUTY, "Mandate of the deputy who put it 提出代表"),
        other("opinion", RecordKind.PUBLIC_OPINION, "Opinion it comes from 来源群众意见"),
    ),
)

BALLOT = Kind(
    RecordKind.PROJECT_BALLOT,
    "ProjectBallot",
    "ProjectBallots",
    project_ballot,
    (*OWN_DIVISION, *fields_of(project_ballot, required=("year",))),
)

BALLOT_LINE = Kind(
    RecordKind.BALLOT_LINE,
    "BallotLine",
    "BallotLines",
    ballot_line,
    (EXTERNAL_ID, *fields_of(ballot_line)),
    (
        other("ballot", RecordKind.PROJECT_BALLOT, "Ballot 票决", required=True),
        other("project", RecordKind.LIVELIHOOD_PROJECT, "Candidate 候选项目", required=True),
    ),
    placing=Placing.PARENT,
    parent="ballot",
    checks=tuple(between(name, 0) for name in (*VOTES, "rank")),
    against=(Against("ballot", no_more_votes_than_voters),),
)

MILESTONE = Kind(
    RecordKind.PROJECT_MILESTONE,
    "ProjectMilestone",
    "ProjectMilestones",
    project_milestone,
    (EXTERNAL_ID, *fields_of(project_milestone, required=("name",))),
    (other("project", RecordKind.LIVELIHOOD_PROJECT, "Project 项目", required=True),),
    placing=Placing.PARENT,
    parent="project",
    checks=(between("progress", 0, 100),),
)

FUNDING = Kind(
    RecordKind.PROJECT_FUNDING,
    "ProjectFunding",
    "ProjectFundings",
    project_funding,
    (EXTERNAL_ID, *fields_of(project_funding, required=("source",))),
    (other("project", RecordKind.LIVELIHOOD_PROJECT, "Project 项目", required=True),),
    placing=Placing.PARENT,
    parent="project",
    checks=(between("planned", 0), between("paid", 0)),
)

EVALUATION = Kind(
    RecordKind.PROJECT_EVALUATION,
    "ProjectEvaluation",
    "ProjectEvaluations",
    project_evaluation,
    (*OWN_DIVISION, *fields_of(project_evaluation)),
    (
        other("project", RecordKind.LIVELIHOOD_PROJECT, "Project judged 项目"),
        other("ballot", RecordKind.PROJECT_BALLOT, "Ballot whose list was judged 票决"),
    ),
    checks=(
        one_of("project", "ballot"),
        *(between(name, 0) for name in ("satisfied", "basicallySatisfied", "notSatisfied")),
    ),
)

KINDS = (
    PROJECT,
    PROPOSAL,
    BALLOT,
    BALLOT_LINE,
    MILESTONE,
    FUNDING,
    EVALUATION,
)
