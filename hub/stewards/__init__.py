"""The stewards' desk: verdicts, pins, priorities, and what is taken back."""

from hub.stewards.desk import Desk
from hub.stewards.priorities import PriorityRule, fetch_rules, read_kind, set_rule
from hub.stewards.verdicts import two_records

__all__ = [
    "Desk",
    "PriorityRule",
    "fetch_rules",
    "read_kind",
    "set_rule",
    "two_records",
]
