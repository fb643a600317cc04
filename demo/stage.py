"""Sets the stage: files, databases and what is served, and the variables of the manifests."""

from __future__ import annotations

import asyncio
import hmac
from dataclasses import dataclass
from pathlib import Path

from demo.databases import fill_database
from demo.files import write_files
from demo.history import make_world
from demo.serve import HOST, free_port
from demo.systems import (
    danleng_motions,
    guanghan,
    guanghan_duties,
    guanghan_museum,
    guangyuan,
    platform,
    sichuan,
    suggestions,
    youxian,
    youxian_decisions,
    zhaohua,
)
from demo.tables import Tables
from demo.web import SYSTEMS, write_served
from demo.world import World

FOLDER = Path(__file__).parent / "manifests"
ORDER = (
    "sichuan-deputies",
    "guangyuan-deputies",
    "deyang-deputies",
    "zhaohua-deputies",
    "zhaohua-homes",
    "jintang-homes",
    "jintang-deputies",
    "guanghan-deputies",
    "youxian-deputies",
    "zizhong-deputies",
    "danleng-deputies",
    "sichuan-suggestions",
    "danleng-platform",
    "danleng-motions",
    "guanghan-duties",
    "jintang-activities",
    "zizhong-budget",
    "youxian-decisions",
    "zhaohua-projects",
)
MANIFESTS = [FOLDER / f"{system}.yaml" for system in ORDER]
"""The manifests in the order of reading."""
PATHS = {
    "sichuan": "sichuan/graphql",
    "guangyuan": "guangyuan/api",
    "youxian": "youxian/open",
    "danleng": "danleng/api",
}


@dataclass(frozen=True, slots=True)
class Stage:
    """What the hub needs to read the systems.

    `environ` are the variables of the manifests, `port` is the one to serve the HTTP systems on.
    """

    environ: dict[str, str]
    port: int


async def set_stage(folder: Path, database_url: str, identity_key: bytes) -> Stage:
    """Do what `prepare` does, while this event loop goes on."""
    return await asyncio.to_thread(prepare, folder, database_url, identity_key)


def prepare(folder: Path, database_url: str, identity_key: bytes) -> Stage:
    """Write the files below `folder` and fill the databases of the PostgreSQL at `database_url`.

    `identity_key` is the hub's key for id numbers, with which one system makes HMACs itself.
    Doing it again brings everything back to the beginning. Nothing is served yet.
    """
    world = make_world()
    keys = {system: access_key(identity_key, system) for system in SYSTEMS}
    write_served(folder, served_tables(world, identity_key), keys)
    folders = {variable(name): str(path) for name, path in write_files(world, folder).items()}
    port = free_port()
    environ = {
        "DEMO_ZHAOHUA_DB": fill_database(database_url, "demo_zhaohua", zhaohua.tables(world)),
        "DEMO_GUANGHAN_DB": fill_database(
            database_url,
            "demo_guanghan",
            {
                **guanghan.tables(world),
                **guanghan_duties.tables(world),
                **guanghan_museum.tables(world),
            },
        ),
    }
    for system, path in PATHS.items():
        environ[f"DEMO_{system.upper()}_URL"] = f"http://{HOST}:{port}/{path}"
        environ[f"DEMO_{system.upper()}_KEY"] = keys[system]
    return Stage(environ | folders, port)


def variable(system: str) -> str:
    """The variable that holds the folder of a system."""
    return f"DEMO_{system.upper().replace('-', '_')}_FOLDER"


def access_key(identity_key: bytes, system: str) -> str:
    """The key of a system that answers over HTTP: its own in every installation."""
    return hmac.digest(identity_key, f"access {system}".encode(), "sha256").hex()


def served_tables(world: World, identity_key: bytes) -> dict[str, Tables]:
    """What the HTTP systems hold."""
    return {
        "sichuan": {**sichuan.tables(world), **suggestions.tables(world)},
        "guangyuan": guangyuan.tables(world),
        "youxian": {**youxian.tables(world, identity_key), **youxian_decisions.tables(world)},
        "danleng": {**platform.tables(world), **danleng_motions.tables(world)},
    }
