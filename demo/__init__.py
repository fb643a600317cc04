"""The demonstration: systems that behave like the real ones, with invented people.

`set_stage` writes their files and fills their databases, `serving` serves those that answer over
HTTP, `push_records` sends what a system pushes, `MANIFESTS` say how the hub reads the others.
`docs/demo.md` tells what is in them. All people are invented; the divisions are real.
"""

from demo.pusher import push_records
from demo.serve import serving
from demo.stage import MANIFESTS, Stage, set_stage
from demo.web import application

__all__ = ["MANIFESTS", "Stage", "application", "push_records", "serving", "set_stage"]
