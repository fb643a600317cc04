"""Opinions of the public heard at stations."""

from __future__ import annotations

from sqlalchemy import Date, Index, Integer

from hub import enums
from hub.enums import opinions as lists
from hub.enums.suggestions import Satisfaction
from hub.subjects.columns import derived, golden, link, listed, plain, restricted

public_opinion = golden(
    "public_opinion",
    link("division_id", "division", "Division that the opinion concerns 行政区划", nullable=False),
    link("station_id", "station", "Station where it was heard 联络站"),
    link("deputy_id", "deputy", "Mandate of the deputy who heard it 接待代表"),
    link("handler_id", "handling_body", "Body that handles it 承办单位"),
    link("escalated_to_id", "public_opinion", "What it became at a higher level 上报后的意见"),
    link("converted_to_id", "suggestion", "Suggestion it was turned into 转成的代表建议"),
    derived(listed("level", enums.Level, "Level of the division 层级", nullable=False)),
    plain("number", "Running number 编号"),
    plain("checked_text", "Text that was checked and may be published 审核后的内容"),
    restricted("text", "Text as the citizen put it 原文."),
    restricted("citizen_name", "Name of the citizen 反映人姓名."),
    restricted("citizen_phone", "Phone of the citizen 反映人电话."),
    plain("village", "Village or community it is about, nothing smaller 村（社区）"),
    plain("category", "Subject, as the source names it 类别"),
    listed("channel", lists.OpinionChannel, "How it came 反映渠道"),
    listed("state", lists.OpinionState, "State 状态", nullable=False),
    plain("source_state", "The source's own code of the state 来源状态代码"),
    plain("received_at", "Day it was received 接收日期", Date),
    plain("handler_name", "Name of the handling body, as the source writes it 承办单位名称"),
    plain("source_due_date", "Day the answer is due by the source 来源办理期限", Date),
    plain("replied_at", "Day of the body's reply 答复日期", Date),
    plain("reply", "What was replied 答复内容"),
    plain("fed_back_at", "Day the citizen was told 反馈日期", Date),
    plain("closed_at", "Day it was closed 办结日期", Date),
    plain("rating", "Stars given by the citizen, 1 to 5 群众评分", Integer),
    listed("satisfaction", Satisfaction, "Judgement of the citizen 满意度"),
    Index("ix_public_opinion_division_id", "division_id", "state"),
    Index("ix_public_opinion_station_id", "station_id"),
    Index("ix_public_opinion_deputy_id", "deputy_id"),
    Index("ix_public_opinion_handler_id", "handler_id"),
    Index("ix_public_opinion_escalated_to_id", "escalated_to_id"),
    Index("ix_public_opinion_converted_to_id", "converted_to_id"),
)
