"""Rows of a source into records, by the mapping of a manifest.

It lends the compiled mapping, the way back from an external id to the columns of its key, and the
cursor that a pass has come to.
"""

from connectors.mapping.compiled import Keyed, Mapping_, compile_mapping
from connectors.mapping.keys import key_ways, no_lookup
from connectors.mapping.positions import Positions

__all__ = ["Keyed", "Mapping_", "Positions", "compile_mapping", "key_ways", "no_lookup"]
