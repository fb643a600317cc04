"""The read engine: one operation, one SQL statement that returns the finished JSON.

`plans` parses and validates each text once; `selection` turns an operation into what is `selected`
of the declarations of `schema/`; `inputs` and `forms` read the arguments of a request; `writer`
writes the statement with the help of `pages` and `json_sql`; `run` answers. What cannot be compiled
raises `NotCompiled` and goes through the executor and the loaders, which answer the same.

`masked` tells which fields the caller may not read.

Lends the engine, what it prepares, its exceptions and the paths of what is masked.
"""

from resolvers.engine.inputs import NotCompiled, NotForSql, NotReady
from resolvers.engine.masked import Paths, masked_paths
from resolvers.engine.run import Engine, Prepared

__all__ = ["Engine", "NotCompiled", "NotForSql", "NotReady", "Paths", "Prepared", "masked_paths"]
