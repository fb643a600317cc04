"""Source systems, their keys, and the runs that read them."""

from __future__ import annotations

from enum import Enum

from sqlalchemy import (
    Boolean,
    Column,
    DateTime,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from hub.subjects.columns import key, link, listed, metadata, plain
from hub.subjects.divisions import Level


class ConnectorKind(Enum):
    """How a system is read 连接方式."""

    REST = "HTTP API with JSON answers 接口"
    SQL = "Database 数据库"
    FILE = "Files in a folder 文件"
    GRAPHQL = "GraphQL API"
    PUSH = "The system pushes to the hub 推送"


class SystemStatus(Enum):
    """State of a source system as the hub sees it 系统状态."""

    NEW = "Not read yet 未同步"
    OK = "The last run succeeded 正常"
    FAILING = "The last run failed; earlier data stays served 异常"


class RunKind(Enum):
    """What a run was 运行类型."""

    SYNC = "The hub read the system 同步"
    PUSH = "The system pushed 推送"


class RunStatus(Enum):
    """State of a run 运行状态."""

    RUNNING = "Under way 进行中"
    SUCCEEDED = "Complete 成功"
    FAILED = "Stopped by an error; what was stored before stays 失败"
    UNDONE = "Taken back by a steward, as if it had never been 已撤销"


class Outcome(Enum):
    """What became of one pushed record 处理结果."""

    STORED = "New or changed, stored 已存储"
    UNCHANGED = "Known and the same 无变化"
    QUARANTINED = "Refused and kept with its reason 已隔离"


source_system = Table(
    "source_system",
    metadata,
    key(),
    plain("code", "Code of the system 系统代码", nullable=False),
    plain("name", "Name of the system 系统名称", nullable=False),
    link("division_id", "division", "Division whose system it is 所属行政区划", nullable=False),
    listed("level", Level, "Level of that division 层级", nullable=False),
    listed("connector", ConnectorKind, "How it is read 连接方式", nullable=False),
    Column("manifest", JSONB, comment="The manifest, secrets left as ${NAMES}"),
    listed("status", SystemStatus, "State 状态", nullable=False),
    Column("last_run_id", Uuid, comment="Latest run 最近一次运行"),
    plain("last_success_at", "Time of the last complete run 最近成功时间", DateTime(timezone=True)),
    UniqueConstraint("code"),
    info={
        "orders": (
            "code",
            "name",
            "last_success_at",
        )
    },
)

stream = Table(
    "stream",
    metadata,
    link("system_id", "source_system", "System", nullable=False),
    plain("name", "Name of the stream in the manifest", nullable=False),
    Column("cursor", JSONB, comment="Where the next incremental run starts"),
    plain("mapping_digest", "Digest of the mapping the cursor belongs to"),
    plain("completed_at", "Start of the last complete pass", DateTime(timezone=True)),
    UniqueConstraint("system_id", "name"),
)

api_key = Table(
    "api_key",
    metadata,
    key(),
    link("system_id", "source_system", "System that the key pushes for", nullable=False),
    Column(
        "digest", LargeBinary, nullable=False, comment="SHA-256 of the key; the key is not kept"
    ),
    plain("hint", "Last four characters, to tell keys apart", nullable=False),
    plain(
        "reads_restricted", "Whether the key may read restricted fields", Boolean, nullable=False
    ),
    plain("steward", "Name of the steward who decides with it; null: the key decides nothing"),
    Column(
        "created_at",
        DateTime(timezone=True),
        nullable=False,
        server_default=func.now(),
        comment="Time it was made",
    ),
    plain("revoked_at", "Time it was revoked", DateTime(timezone=True)),
    UniqueConstraint("digest"),
)

run = Table(
    "run",
    metadata,
    key(),
    link("system_id", "source_system", "System 来源系统", nullable=False),
    listed("kind", RunKind, "Sync or push 类型", nullable=False),
    listed("status", RunStatus, "State 状态", nullable=False),
    plain("started_at", "Start 开始时间", DateTime(timezone=True), nullable=False),
    plain("finished_at", "End 结束时间", DateTime(timezone=True)),
    plain("read", "Records read: stored + unchanged + quarantined 读取", Integer, nullable=False),
    plain("stored", "New or changed records stored 存储", Integer, nullable=False),
    plain("unchanged", "Records known and the same 无变化", Integer, nullable=False),
    plain(
        "quarantined", "Records refused and kept with their reason 隔离", Integer, nullable=False
    ),
    plain("deleted", "Records gone from the source and believed so 删除", Integer, nullable=False),
    plain(
        "withheld", "Deletions withheld because too many at once 暂缓删除", Integer, nullable=False
    ),
    Column(
        "warned",
        Integer,
        nullable=False,
        server_default=text("0"),
        comment="Records stored although something of them could not be used 有警告",
    ),
    Column("cursor_before", JSONB, comment="Cursors by stream at the start"),
    Column("cursor_after", JSONB, comment="Cursors by stream at the end"),
    plain("error_code", "Code of the error that stopped it 错误代码"),
    plain("error_message", "What stopped it and what to do 错误说明"),
    plain("undone_at", "Time it was undone 撤销时间", DateTime(timezone=True)),
    plain("undone_by", "Steward who undid it 撤销人"),
    Index("ix_run_system_id", "system_id", "started_at"),
    info={
        "orders": (
            "started_at",
            "finished_at",
            "read",
            "stored",
            "quarantined",
        )
    },
)

idempotency = Table(
    "idempotency",
    metadata,
    Column("system_id", Uuid, primary_key=True, comment="System that pushed"),
    Column("key", Text, primary_key=True, comment="Key that the system chose"),
    Column("payload_digest", LargeBinary, nullable=False, comment="Digest of the payload"),
    Column("run_id", Uuid, nullable=False, comment="Run that answered"),
    Column("answer", JSONB, nullable=False, comment="The answer given"),
    Column(
        "at", DateTime(timezone=True), nullable=False, server_default=func.now(), comment="Time"
    ),
)
