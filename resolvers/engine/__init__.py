"""The read engine: one operation, one SQL statement that returns the finished JSON.

`documents` parses and validates once per text; `selection` turns an operation into what it selects
of the declarations of `schema/`; `forms` reads the arguments of a request; `writer` writes the
statement; `plans` keeps it; `run` answers. What cannot be compiled raises `NotCompiled` and goes
through the executor and the loaders, which answer the same.
"""
