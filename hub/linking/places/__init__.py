"""Which records of homes, stations, groups and handling bodies are of one."""

from hub.linking.places.forms import place_said
from hub.linking.places.place_comparison import PLACES, PlaceSaid, table_of_places
from hub.linking.places.place_evidence import explain_places
from hub.linking.places.place_grouping import group_places, pairs_of_places

__all__ = [
    "PLACES",
    "PlaceSaid",
    "explain_places",
    "group_places",
    "pairs_of_places",
    "place_said",
    "table_of_places",
]
