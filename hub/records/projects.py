"""Livelihood projects chosen by deputies' vote: from proposals to the evaluation."""

from __future__ import annotations

from hub import values
from hub.enums import RecordKind
from hub.enums.projects import SupervisionRole
from hub.records.checks import VOTES, between, no_more_votes_than_voters, not_before, one_of
from hub.records.declare import Against, Kind, Membership, Placing, Reference
from hub.records.fields import EXTERNAL_ID, OWN_DIVISION, fields_of, other
from hub.subjects import projects as tables

PROJECT = Kind(
    RecordKind.LIVELIHOOD_PROJECT,
    "Project",
    "Projects",
    tables.livelihood_project,
    (*OWN_DIVISION, *fields_of(tables.livelihood_project, required=("year", "title", "state"))),
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
    (Membership(tables.livelihood_project_supervisor, RecordKind.DEPUTY, "supervisors"),),
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
    tables.project_proposal,
    (*OWN_DIVISION, *fields_of(tables.project_proposal, required=("title",))),
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
    tables.project_ballot,
    (*OWN_DIVISION, *fields_of(tables.project_ballot, required=("year",))),
)


BALLOT_LINE = Kind(
    RecordKind.BALLOT_LINE,
    "BallotLine",
    "BallotLines",
    tables.ballot_line,
    (EXTERNAL_ID, *fields_of(tables.ballot_line)),
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
    tables.project_milestone,
    (EXTERNAL_ID, *fields_of(tables.project_milestone, required=("name",))),
    (other("project", RecordKind.LIVELIHOOD_PROJECT, "Project 项目", required=True),),
    placing=Placing.PARENT,
    parent="project",
    checks=(between("progress", 0, 100),),
)

FUNDING = Kind(
    RecordKind.PROJECT_FUNDING,
    "ProjectFunding",
    "ProjectFundings",
    tables.project_funding,
    (EXTERNAL_ID, *fields_of(tables.project_funding, required=("source",))),
    (other("project", RecordKind.LIVELIHOOD_PROJECT, "Project 项目", required=True),),
    placing=Placing.PARENT,
    parent="project",
    checks=(between("planned", 0), between("paid", 0)),
)

EVALUATION = Kind(
    RecordKind.PROJECT_EVALUATION,
    "ProjectEvaluation",
    "ProjectEvaluations",
    tables.project_evaluation,
    (*OWN_DIVISION, *fields_of(tables.project_evaluation)),
    (
        other("project", RecordKind.LIVELIHOOD_PROJECT, "Project judged 项目"),
        other("ballot", RecordKind.PROJECT_BALLOT, "Ballot whose list was judged 票决"),
    ),
    checks=(
        one_of("project", "ballot"),
        *(between(name, 0) for name in ("satisfied", "basicallySatisfied", "notSatisfied")),
    ),
)
