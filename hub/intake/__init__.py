"""The one door into the store: pushes and syncs write through here, in batches.

`prepare` compares a batch with what is known, reads the changed records and refuses the
unreadable ones; `store` writes one prepared batch in one transaction: source records, links,
golden rows, memberships, change log and quarantine.
"""

from hub.intake.alike import LINKED, SCORED
from hub.intake.batch import (
    Batch,
    Candidate,
    Issue,
    Prepared,
    RawRecord,
    Record,
    Refused,
    Stated,
    Taken,
)
from hub.intake.division_lists import store_divisions
from hub.intake.division_lookup import seat_of
from hub.intake.legal_days import reckon_again
from hub.intake.link_forms import LIVE, SAID_BY_ID, Forms, forms_of_rows, together
from hub.intake.links import Planned, plan_links
from hub.intake.named_congresses import drop_congresses, resolve_congresses
from hub.intake.open_hub import OpenHub
from hub.intake.pinned_values import fetch_pins
from hub.intake.reading import read_records
from hub.intake.record_statements import ARCHIVE
from hub.intake.scope import Cause, Scope, Scopes, open_scope, open_scopes
from hub.intake.scoring import (
    best_of_people,
    judged_of,
    linked_of,
    probabilities,
    probability,
    worth,
)
from hub.intake.sightings import UNDO_DAYS, forget_sightings, note_sighting
from hub.intake.store_batches import (
    compute_again,
    delete,
    link_again,
    prepare,
    store,
    store_batch,
    write_links,
)

__all__ = [
    "ARCHIVE",
    "LINKED",
    "LIVE",
    "SAID_BY_ID",
    "SCORED",
    "UNDO_DAYS",
    "Batch",
    "Candidate",
    "Cause",
    "Forms",
    "Issue",
    "OpenHub",
    "Planned",
    "Prepared",
    "RawRecord",
    "Record",
    "Refused",
    "Scope",
    "Scopes",
    "Stated",
    "Taken",
    "best_of_people",
    "compute_again",
    "delete",
    "drop_congresses",
    "fetch_pins",
    "forget_sightings",
    "forms_of_rows",
    "judged_of",
    "link_again",
    "linked_of",
    "note_sighting",
    "open_scope",
    "open_scopes",
    "plan_links",
    "prepare",
    "probabilities",
    "probability",
    "read_records",
    "reckon_again",
    "resolve_congresses",
    "seat_of",
    "store",
    "store_batch",
    "store_divisions",
    "together",
    "worth",
    "write_links",
]
