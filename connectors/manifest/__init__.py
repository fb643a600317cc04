"""What a manifest may hold, whatever its kind: the system, its streams, and their mapping.

It lends the classes that each kind of connector builds its own options on, how text of a manifest
takes variables from the environment, how paths lead into rows, and how mistakes are told.
"""

from connectors.manifest.connections import Address, Connection, Secret
from connectors.manifest.environment import resolve
from connectors.manifest.fields import FieldSource, Member, Source
from connectors.manifest.paths import as_text, follow, is_among, steps_of
from connectors.manifest.problems import bad_manifest, describe
from connectors.manifest.selection import DeletionFlag, Only, Split
from connectors.manifest.streams import StreamManifest, placeholders
from connectors.manifest.strict import Name, Strict
from connectors.manifest.system import SystemManifest, narrowed

__all__ = [
    "Address",
    "Connection",
    "DeletionFlag",
    "FieldSource",
    "Member",
    "Name",
    "Only",
    "Secret",
    "Source",
    "Split",
    "StreamManifest",
    "Strict",
    "SystemManifest",
    "as_text",
    "bad_manifest",
    "describe",
    "follow",
    "is_among",
    "narrowed",
    "placeholders",
    "resolve",
    "steps_of",
]
