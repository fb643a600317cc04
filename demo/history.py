"""Makes the invented world, the same in every run."""

from __future__ import annotations

from functools import cache

from demo.doubtful import add_doubtful_pairs
from demo.elections import hold_elections
from demo.groups import form_groups
from demo.known import add_known_people
from demo.places import set_up_places
from demo.terms import give_posts, let_time_pass, remember_former_terms
from demo.world import World


@cache
def make_world() -> World:
    """The world. Made once per process; nobody changes it afterwards."""
    world = World()
    hold_elections(world)
    add_known_people(world)
    give_posts(world)
    let_time_pass(world)
    remember_former_terms(world)
    set_up_places(world)
    form_groups(world)
    add_doubtful_pairs(world)
    return world
