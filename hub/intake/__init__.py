"""The one door into the store: pushes and syncs write through here, in batches.

`prepare` compares a batch with what is known, reads the changed records and refuses the
unreadable ones; `store` writes one prepared batch in one transaction: source records, links,
golden rows, memberships, change log and quarantine.
"""

from hub.intake.batch import Batch, Candidate, Issue, Prepared, Record, Refused, Taken
from hub.intake.door import compute_again, delete, link_again, prepare, store, write_links
from hub.intake.links import Planned, plan_links
from hub.intake.scope import Scope, open_scope
from hub.intake.source_records import note_sighting

__all__ = [
    "Batch",
    "Candidate",
    "Issue",
    "Planned",
    "Prepared",
    "Record",
    "Refused",
    "Scope",
    "Taken",
    "compute_again",
    "delete",
    "link_again",
    "note_sighting",
    "open_scope",
    "plan_links",
    "prepare",
    "store",
    "write_links",
]
