"""The limit: a bare Starlette server, one hand-written statement a shape, JSON out of PostgreSQL.

Lists are cut where the graph cuts them (20 rows unless asked otherwise), so that both do the same.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from uuid import UUID

import asyncpg
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

Answer = Callable[[Request], Awaitable[Response]]

LIST_PAGE = """
SELECT json_build_object('data', json_build_object('deputies', json_build_object(
    'nodes', coalesce(json_agg(node ORDER BY id) FILTER (WHERE place <= 20), '[]'),
    'pageInfo', json_build_object(
        'hasNextPage', count(*) > 20,
        'endCursor', max(id::text) FILTER (WHERE place <= 20)))))::text
FROM (
    SELECT d.id, row_number() OVER (ORDER BY d.id) AS place, json_build_object(
        'id', 'Deputy:' || d.id, 'level', d.level, 'term', d.term, 'status', d.status,
        'delegation', d.delegation, 'startDate', d.start_date,
        'person', json_build_object(
            'id', 'Person:' || p.id, 'name', p.name, 'gender', p.gender,
            'ethnicity', p.ethnicity, 'employerAndPost', p.employer_and_post,
            'mandates', json_build_object('nodes', mandates.nodes)),
        'stations', json_build_object('nodes', stations.nodes),
        'groups', json_build_object('nodes', groups.nodes)) AS node
    FROM (SELECT * FROM deputy WHERE id > $1 ORDER BY id LIMIT 21) d
    JOIN person p ON p.id = d.person_id
    CROSS JOIN LATERAL (
        SELECT coalesce(json_agg(node), '[]') AS nodes FROM (
            SELECT json_build_object(
                'id', 'Deputy:' || m.id, 'level', m.level, 'term', m.term, 'status', m.status,
                'congress', json_build_object(
                    'id', 'Congress:' || c.id, 'name', c.name,
                    'division', json_build_object('code', v.code, 'name', v.name))) AS node
            FROM deputy m
            JOIN congress c ON c.id = m.congress_id
            JOIN division v ON v.id = c.division_id
            WHERE m.person_id = p.id ORDER BY m.id LIMIT 20) one) mandates
    CROSS JOIN LATERAL (
        SELECT coalesce(json_agg(node), '[]') AS nodes FROM (
            SELECT json_build_object(
                'id', 'LiaisonStation:' || s.id, 'name', s.name, 'address', s.address,
                'openingHours', s.opening_hours, 'isOffSite', s.is_off_site) AS node
            FROM station_member sm JOIN station s ON s.id = sm.station_id
            WHERE sm.deputy_id = d.id ORDER BY s.id LIMIT 20) one) stations
    CROSS JOIN LATERAL (
        SELECT coalesce(json_agg(node), '[]') AS nodes FROM (
            SELECT json_build_object(
                'id', 'DeputyGroup:' || g.id, 'name', g.name, 'kind', g.kind,
                'field', g.field) AS node
            FROM deputy_group_member gm JOIN deputy_group g ON g.id = gm.deputy_group_id
            WHERE gm.deputy_id = d.id ORDER BY g.id LIMIT 20) one) groups
) page
"""

DEEP_TREE = """
SELECT json_build_object('data', json_build_object('division', (
    SELECT json_build_object(
        'code', v.code, 'name', v.name, 'level', v.level,
        'congress', json_build_object(
            'name', c.name, 'term', c.term, 'deputies', json_build_object('nodes', (
                SELECT coalesce(json_agg(node), '[]') FROM (
                    SELECT json_build_object(
                        'id', 'Deputy:' || d.id, 'status', d.status,
                        'person', json_build_object(
                            'name', p.name, 'gender', p.gender,
                            'mandates', json_build_object('nodes', mandates.nodes))) AS node
                    FROM (SELECT * FROM deputy WHERE congress_id = c.id ORDER BY id LIMIT 50) d
                    JOIN person p ON p.id = d.person_id
                    CROSS JOIN LATERAL (
                        SELECT coalesce(json_agg(node), '[]') AS nodes FROM (
                            SELECT json_build_object(
                                'level', m.level, 'term', m.term,
                                'congress', json_build_object('name', mc.name)) AS node
                            FROM deputy m JOIN congress mc ON mc.id = m.congress_id
                            WHERE m.person_id = p.id ORDER BY m.id LIMIT 20) one) mandates
                    ORDER BY d.id) one))))
    FROM (SELECT * FROM division WHERE code = $1
          ORDER BY valid_from DESC NULLS LAST LIMIT 1) v
    LEFT JOIN LATERAL (
        SELECT * FROM congress WHERE division_id = v.id
        ORDER BY term DESC NULLS LAST LIMIT 1) c ON true)))::text
"""

SINGLE_NODE = """
SELECT json_build_object('data', json_build_object('node', (
    SELECT json_build_object(
        'id', 'Deputy:' || d.id, 'level', d.level, 'term', d.term, 'status', d.status,
        'startDate', d.start_date, 'endDate', d.end_date,
        'person', json_build_object(
            'id', 'Person:' || p.id, 'name', p.name, 'gender', p.gender,
            'birthMonth', p.birth_month),
        'congress', json_build_object('name', c.name))
    FROM deputy d JOIN person p ON p.id = d.person_id JOIN congress c ON c.id = d.congress_id
    WHERE d.id = $1)))::text
"""

PAGE_OF_100 = """
SELECT json_build_object('data', json_build_object('deputies', json_build_object(
    'nodes', coalesce(json_agg(json_build_object(
        'id', 'Deputy:' || d.id, 'level', d.level, 'term', d.term, 'status', d.status,
        'electoralUnit', d.electoral_unit, 'certificateNumber', d.certificate_number,
        'startDate', d.start_date,
        'person', json_build_object('name', p.name, 'gender', p.gender),
        'congress', json_build_object('name', c.name)) ORDER BY d.id), '[]'))))::text
FROM (SELECT * FROM deputy WHERE id > $1 ORDER BY id LIMIT 100) d
JOIN person p ON p.id = d.person_id
JOIN congress c ON c.id = d.congress_id
"""

FILTERED_PAGE = """
SELECT json_build_object('data', json_build_object('deputies', json_build_object(
    'nodes', coalesce(json_agg(node), '[]'))))::text
FROM (
    SELECT json_build_object(
        'id', 'Deputy:' || d.id, 'status', d.status, 'startDate', d.start_date,
        'certificateNumber', d.certificate_number,
        'person', json_build_object(
            'name', p.name, 'gender', p.gender, 'education', p.education),
        'congress', json_build_object('name', c.name)) AS node
    FROM deputy d
    JOIN division v ON v.id = d.division_id
    JOIN person p ON p.id = d.person_id
    JOIN congress c ON c.id = d.congress_id
    WHERE v.code = $1 AND d.status = 'ACTIVE' AND p.gender = 'FEMALE'
    ORDER BY d.start_date DESC NULLS LAST, d.certificate_number NULLS LAST, d.id LIMIT 20) one
"""

COUNTS = """
    'deputies', json_build_object('totalCount',
        (SELECT count(*) FROM deputy WHERE division_id = v.id)),
    'homes', json_build_object('totalCount',
        (SELECT count(*) FROM home WHERE division_id = v.id)),
    'stations', json_build_object('totalCount',
        (SELECT count(*) FROM station WHERE division_id = v.id)),
    'groups', json_build_object('totalCount',
        (SELECT count(*) FROM deputy_group WHERE division_id = v.id))
"""

AGGREGATE = f"""
SELECT json_build_object('data', json_build_object('division', (
    SELECT json_build_object('code', v.code, 'name', v.name, {COUNTS},
        'children', json_build_object('nodes', (
            SELECT coalesce(json_agg(node), '[]') FROM (
                SELECT json_build_object('code', v.code, 'name', v.name, {COUNTS}) AS node
                FROM division v WHERE v.parent_id = top.id
                ORDER BY v.code, v.id LIMIT 50) one)))
    FROM (SELECT * FROM division WHERE code = $1
          ORDER BY valid_from DESC NULLS LAST LIMIT 1) v, LATERAL (SELECT v.id) top)))::text
"""


def by_id(statement: str) -> Answer:
    """Answer by the id in the query string."""
    return answer(statement, UUID)


def by_code(statement: str) -> Answer:
    """Answer by the division code in the query string."""
    return answer(statement, str)


def answer(statement: str, read: Callable[[str], object]) -> Answer:
    """Run a statement with the one argument `key` and pass its text on."""

    async def respond(request: Request) -> Response:
        key = read(request.query_params["key"])
        text = await request.app.state.pool.fetchval(statement, key)
        return Response(text, media_type="application/json")

    return respond


@asynccontextmanager
async def open_pool(app: Starlette) -> AsyncIterator[None]:
    """The pool of connections, of the size that every server of the bench has."""
    size = int(os.environ["HUB_POOL_SIZE"])
    pool = asyncpg.create_pool(os.environ["HUB_DATABASE_URL"], min_size=size, max_size=size)
    async with pool as app.state.pool:
        yield


app = Starlette(
    routes=[
        Route("/list-page", by_id(LIST_PAGE)),
        Route("/deep-tree", by_code(DEEP_TREE)),
        Route("/single-node", by_id(SINGLE_NODE)),
        Route("/page-of-100", by_id(PAGE_OF_100)),
        Route("/filtered-page", by_code(FILTERED_PAGE)),
        Route("/aggregate", by_code(AGGREGATE)),
    ],
    lifespan=open_pool,
)
