"""The closed lists of livelihood projects chosen by deputies' vote."""

from __future__ import annotations

from enum import Enum


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
