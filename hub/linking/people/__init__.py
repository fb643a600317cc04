"""Which records of deputies are of one person."""

from hub.linking.people.default import default_model
from hub.linking.people.learned import current_model, save_model
from hub.linking.people.person_comparison import DEPUTIES

__all__ = [
    "DEPUTIES",
    "current_model",
    "default_model",
    "save_model",
]
