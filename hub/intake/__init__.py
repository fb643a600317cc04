"""The one door into the store: pushes and syncs write through here, in batches.

`prepare` compares a batch with what is known, reads the changed records and refuses the
unreadable ones; `store` writes one prepared batch in one transaction: source records, links,
golden rows, memberships, change log and quarantine.
"""

from hub.intake.batch import Batch, Candidate, Issue, Prepared, Record, Refused, Taken
from hub.intake.division_lists import store_divisions
from hub.intake.door import compute_again, delete, link_again, prepare, store, write_links
from hub.intake.links import Planned, plan_links
from hub.intake.open_hub import OpenHub
from hub.intake.scope import Scope, open_scope
from hub.intake.sightings import UNDO_DAYS, forget_sightings, note_sighting

__all__ = [
    "UNDO_DAYS",
    "Batch",
    "Candidate",
    "Issue",
    "OpenHub",
    "Planned",
    "Prepared",
    "Record",
    "Refused",
    "Scope",
    "Taken",
    "compute_again",
    "delete",
    "forget_sightings",
    "link_again",
    "note_sighting",
    "open_scope",
    "plan_links",
    "prepare",
    "store",
    "store_divisions",
    "write_links",
]
