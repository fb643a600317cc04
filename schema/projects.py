"""Livelihood projects: proposals, ballots, milestones, money and evaluation."""

from __future__ import annotations

from hub.subjects import projects as tables
from hub.subjects.record_kinds import RecordKind
from schema.columns import many, members, one, own
from schema.declare import Edge, Entity, node_id
from schema.provenance import origin

project, proposal, ballot = (
    tables.livelihood_project,
    tables.project_proposal,
    tables.project_ballot,
)
line, milestone, funding, evaluation = (
    tables.ballot_line,
    tables.project_milestone,
    tables.project_funding,
    tables.project_evaluation,
)

PROJECT = Entity(
    "LivelihoodProject",
    project,
    "A livelihood project chosen by deputies' vote 民生实事项目",
    (node_id("LivelihoodProject"), *own(project)),
    (
        one("division", "Division", project.c.division_id),
        one("congress", "Congress", project.c.congress_id),
        one("responsibleBody", "HandlingBody", project.c.responsible_body_id),
        one("suggestion", "Suggestion", project.c.suggestion_id),
        members(
            "supervisors",
            "Deputy",
            tables.livelihood_project_supervisor,
            "livelihood_project_id",
            "deputy_id",
            "Mandates that watch over it 监督代表",
        ),
        many("proposals", "ProjectProposal", "project_id", "Proposals it came from 征集建议"),
        many("ballotLines", "BallotLine", "project_id", "Its votes in ballots 得票"),
        many("milestones", "ProjectMilestone", "project_id", "Its milestones 项目节点"),
        many("funding", "ProjectFunding", "project_id", "Its money by source 项目资金"),
        many("evaluations", "ProjectEvaluation", "project_id", "Judgements on it 项目测评"),
        *origin(project, RecordKind.LIVELIHOOD_PROJECT),
    ),
    plural="projects",
    singular="project",
)

PROPOSAL = Entity(
    "ProjectProposal",
    proposal,
    "A proposal for a livelihood project 征集的建议项目",
    (node_id("ProjectProposal"), *own(proposal)),
    (
        one("division", "Division", proposal.c.division_id),
        one("project", "LivelihoodProject", proposal.c.project_id),
        one("deputy", "Deputy", proposal.c.deputy_id),
        one("opinion", "PublicOpinion", proposal.c.opinion_id),
        *origin(proposal, RecordKind.PROJECT_PROPOSAL),
    ),
    plural="projectProposals",
    singular="projectProposal",
)

BALLOT = Entity(
    "ProjectBallot",
    ballot,
    "A vote of deputies on livelihood projects 民生实事项目票决",
    (node_id("ProjectBallot"), *own(ballot)),
    (
        one("division", "Division", ballot.c.division_id),
        one("congress", "Congress", ballot.c.congress_id),
        many("lines", "BallotLine", "ballot_id", "Votes on each candidate 各候选项目得票"),
        many("evaluations", "ProjectEvaluation", "ballot_id", "Judgements on its list 整体测评"),
        *origin(ballot, RecordKind.PROJECT_BALLOT),
    ),
    plural="projectBallots",
    singular="projectBallot",
)

LINE = Entity(
    "BallotLine",
    line,
    "The votes on one candidate of a ballot 候选项目得票",
    (node_id("BallotLine"), *own(line)),
    (
        one("division", "Division", line.c.division_id),
        one("ballot", "ProjectBallot", line.c.ballot_id),
        one("project", "LivelihoodProject", line.c.project_id),
        *origin(line, RecordKind.BALLOT_LINE),
    ),
    plural="ballotLines",
    singular="ballotLine",
)

MILESTONE = Entity(
    "ProjectMilestone",
    milestone,
    "A milestone of a livelihood project, planned and reached 项目节点",
    (node_id("ProjectMilestone"), *own(milestone)),
    (
        one("division", "Division", milestone.c.division_id),
        one("project", "LivelihoodProject", milestone.c.project_id),
        *origin(milestone, RecordKind.PROJECT_MILESTONE),
    ),
    plural="projectMilestones",
    singular="projectMilestone",
)

FUNDING = Entity(
    "ProjectFunding",
    funding,
    "Money for a livelihood project from one source 项目资金",
    (node_id("ProjectFunding"), *own(funding)),
    (
        one("division", "Division", funding.c.division_id),
        one("project", "LivelihoodProject", funding.c.project_id),
        *origin(funding, RecordKind.PROJECT_FUNDING),
    ),
    plural="projectFundings",
    singular="projectFunding",
)

EVALUATION = Entity(
    "ProjectEvaluation",
    evaluation,
    "A judgement of deputies on one project or on a whole list 项目测评",
    (node_id("ProjectEvaluation"), *own(evaluation)),
    (
        one("division", "Division", evaluation.c.division_id),
        one("project", "LivelihoodProject", evaluation.c.project_id),
        one("ballot", "ProjectBallot", evaluation.c.ballot_id),
        *origin(evaluation, RecordKind.PROJECT_EVALUATION),
    ),
    plural="projectEvaluations",
    singular="projectEvaluation",
)

ENTITIES = (PROJECT, PROPOSAL, BALLOT, LINE, MILESTONE, FUNDING, EVALUATION)

REVERSE: dict[str, tuple[Edge, ...]] = {
    "Division": (
        many("projects", "LivelihoodProject", "division_id", "Its projects 民生实事项目"),
        many("projectBallots", "ProjectBallot", "division_id", "Votes on projects 民生实事票决"),
    ),
    "Congress": (
        many("projects", "LivelihoodProject", "congress_id", "Projects put to it 民生实事项目"),
    ),
    "Deputy": (
        members(
            "supervisedProjects",
            "LivelihoodProject",
            tables.livelihood_project_supervisor,
            "deputy_id",
            "livelihood_project_id",
            "Projects watched over 监督的民生实事项目",
        ),
        many("projectProposals", "ProjectProposal", "deputy_id", "Proposals put 提出的建议项目"),
    ),
    "HandlingBody": (
        many("projects", "LivelihoodProject", "responsible_body_id", "Projects to carry out 项目"),
    ),
    "Suggestion": (
        many("projects", "LivelihoodProject", "suggestion_id", "Projects it led to 转化的项目"),
    ),
    "PublicOpinion": (
        many("projectProposals", "ProjectProposal", "opinion_id", "Proposals from it 建议项目"),
    ),
}
"""The edges that lead here from other types."""
