"""The tables of the store. A column's comment is its description, in PostgreSQL and in the graph.

The words they are declared in are in `hub.subjects.columns`.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Float,
    Identity,
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
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from hub import enums
from hub.subjects import (
    activities,
    board,
    budget,
    decisions,
    learning,
    opinions,
    projects,
    scores,
    suggestions,
    supervision,
)
from hub.subjects.columns import (
    STEP,
    golden,
    key,
    link,
    listed,
    membership,
    metadata,
    plain,
    restricted,
)
from hub.subjects.linking import (
    crowded_key,
    link_form,
    link_model,
    link_waiting,
    place_waiting,
    score_link,
)
from hub.subjects.orders import index_orders
from hub.subjects.search import search_entry
from hub.subjects.stewardship import (
    conflict,
    former_link,
    judgement,
    link_candidate,
    pin,
    quarantine_version,
    sighting,
)

__all__ = [
    "activities",
    "board",
    "budget",
    "conflict",
    "crowded_key",
    "decisions",
    "former_link",
    "judgement",
    "learning",
    "link_candidate",
    "link_form",
    "link_model",
    "link_waiting",
    "metadata",
    "opinions",
    "pin",
    "place_waiting",
    "projects",
    "quarantine_version",
    "score_link",
    "scores",
    "search_entry",
    "sighting",
    "suggestions",
    "supervision",
]

# --- Divisions -----------------------------------------------------------------------------------

division = Table(
    "division",
    metadata,
    key(),
    plain(
        "code",
        "Administrative division code, 6 digits to county, 9 for townships 行政区划代码",
        nullable=False,
    ),
    plain("name", "Name of the division 名称", nullable=False),
    listed("level", enums.Level, "Level by the code, never by the word 市 层级", nullable=False),
    link("parent_id", "division", "Division above it 上级行政区划"),
    plain("valid_from", "First day it is listed; null: before the first list 生效日期", Date),
    plain("valid_to", "Last day it is listed; null: still listed 失效日期", Date),
    plain(
        "has_congress",
        "Whether it has a people's congress of its own; a subdistrict has none 是否设人民代表大会",
        Boolean,
        nullable=False,
    ),
    Column("path", ARRAY(Uuid), nullable=False, comment="Ids from the root down to itself"),
    UniqueConstraint("code", "valid_from", postgresql_nulls_not_distinct=True),
    Index("ix_division_parent_id", "parent_id", "code"),
    Index("ix_division_path", "path", postgresql_using="gin"),
    Index("ix_division_unlisted", "code", postgresql_where=text("name = code")),
)

division_succession = Table(
    "division_succession",
    metadata,
    key(),
    link("predecessor_id", "division", "Division that ended", nullable=False),
    link("successor_id", "division", "Division that followed", nullable=False),
    listed("kind", enums.SuccessionKind, "Kind of change 变更类型", nullable=False),
    plain("effective", "First day of the successor, as far as the lists tell", Date),
    plain("source", "Where it is known from 依据", nullable=False),
    UniqueConstraint("predecessor_id", "successor_id"),
    Index("ix_division_succession_successor_id", "successor_id"),
)

# --- Golden rows ---------------------------------------------------------------------------------

congress = golden(
    "congress",
    link("division_id", "division", "Division whose congress it is 行政区划", nullable=False),
    listed("level", enums.Level, "Level 层级", nullable=False),
    plain("term", "Number of the term, the 14th is 14 届次", Integer),
    plain("name", "Full name with the term 名称", nullable=False),
    plain("start_date", "Opening day of the term's first session 届起始日期", Date),
    plain("end_date", "Last day of the term 届终止日期", Date),
    plain("seats", "Number of seats fixed for the term (Electoral Law art. 12) 代表名额", Integer),
    UniqueConstraint("division_id", "term", postgresql_nulls_not_distinct=True),
    Index("ix_congress_level", "level"),
)

person = golden(
    "person",
    link("division_id", "division", "Division of the person's main record", nullable=False),
    plain("name", "Name 姓名", nullable=False),
    listed("gender", enums.Gender, "Sex (GB/T 2261.1) 性别"),
    plain("ethnicity", "Ethnic group by its official name (GB/T 3304) 民族"),
    plain("birth_month", "Year and month of birth, or the year alone: 1964-10 or 1964 出生年月"),
    plain("native_place", "Native place 籍贯"),
    plain("political_affiliation", "Political affiliation (GB/T 4762) 政治面貌"),
    plain("education", "Education (GB/T 4658) 学历"),
    plain("degree", "Academic degree 学位"),
    plain("school", "School graduated from 毕业院校"),
    plain("major", "Field of study 专业"),
    plain("employer", "Employer 工作单位"),
    plain("post", "Post held there 职务"),
    plain("employer_and_post", "Employer and post in one text 工作单位及职务"),
    plain("occupation", "Occupation 职业"),
    plain("professional_title", "Professional title 职称"),
    plain("introduction", "Introduction 简介"),
    plain("photo_url", "Address of the photo 照片"),
    restricted("phone", "Phone 电话."),
    restricted("email", "E-mail address 电子邮箱."),
    restricted("wechat", "WeChat id 微信."),
    restricted("qq", "QQ number."),
    restricted("home_address", "Home address 家庭住址."),
    restricted("postcode", "Postcode of the home address 邮编."),
    Index("ix_person_division_id", "division_id"),
)

deputy = golden(
    "deputy",
    link("division_id", "division", "Division of the congress", nullable=False),
    link("person_id", "person", "The natural person 自然人", nullable=False),
    link("congress_id", "congress", "Congress and term of the mandate 所属人大", nullable=False),
    listed("level", enums.Level, "Level of the congress 层级", nullable=False),
    plain("term", "Number of the term 届次", Integer),
    listed("status", enums.MandateStatus, "State of the mandate 代表职务状态"),
    listed("status_reason", enums.StatusReason, "Why it is suspended or ended 原因"),
    plain("resignation_ordered", "Whether the resignation was ordered 责令辞职", Boolean),
    listed("entry_mode", enums.EntryMode, "General election or by-election 产生方式"),
    plain("delegation", "Delegation 代表团"),
    plain("electoral_unit", "Electoral district, or the congress that elected 选区、选举单位"),
    plain(
        "certificate_number", "Certificate number, unique in one congress and term only 代表证号"
    ),
    listed(
        "congress_post", enums.CongressPost, "Post in the standing committee or presidium 人大职务"
    ),
    plain("composition_type", "Group of society counted for: worker, farmer, cadre 结构类型"),
    plain("is_reelected", "Whether re-elected 是否连任", Boolean),
    plain(
        "can_receive_opinions", "Whether people may write to this deputy 是否可接收意见", Boolean
    ),
    plain("commitment", "What the deputy promised to do 履职承诺"),
    plain("start_date", "First day of the mandate 任职起始", Date),
    plain("end_date", "Last day of the mandate 任职终止", Date),
    UniqueConstraint("person_id", "congress_id", deferrable=True, initially="DEFERRED"),
    Index("ix_deputy_congress_id", "congress_id"),
    Index("ix_deputy_division_id", "division_id"),
)


def place_columns(table: str) -> tuple[Any, ...]:
    """The columns that homes and stations share."""
    return (
        link(
            "division_id",
            "division",
            "Division that set it up and owns it 设立单位",
            nullable=False,
        ),
        link("located_in_id", "division", "Division it lies in 所在地"),
        plain("name", "Name 名称", nullable=False),
        plain("local_name", "What such a place is called there: 家, 室, 站, 点 本地称谓"),
        listed("kind", enums.PlaceKind, "Kind of place 类型", nullable=False),
        listed("level", enums.Level, "Level of the owning division 层级", nullable=False),
        plain("address", "Address of the place 地址"),
        plain("longitude", "Longitude in degrees, WGS 84 经度", Float),
        plain("latitude", "Latitude in degrees, WGS 84 纬度", Float),
        plain("head", "Name of the head 站长"),
        plain("deputy_heads", "Names of the deputy heads 副站长"),
        plain("liaison_officer", "Name of the liaison officer 联络员"),
        plain("opening_hours", "Days and hours of reception, as the place states them 接待时间"),
        plain("area_sqm", "Floor area in square metres 面积", Float),
        plain("rooms", "Functional areas 功能区"),
        plain("qr_code", "Content of the place's QR code 站码"),
        plain("rating", "Star rating, 1 to 5 星级", Integer),
        plain("is_demonstration", "Whether it is a demonstration place 是否示范点", Boolean),
        listed("status", enums.PlaceStatus, "State 状态"),
        plain("established_on", "Day it was set up 设立日期", Date),
        restricted("phone", "Phone of the place 电话."),
        Index(f"ix_{table}_division_id", "division_id"),
        Index(f"ix_{table}_located_in_id", "located_in_id"),
    )


home = golden("home", *place_columns("home"))

station = golden(
    "station",
    *place_columns("station"),
    link("home_id", "home", "Home it belongs to 所属代表之家"),
    plain(
        "is_off_site",
        "Whether it lies outside its owner's division 是否异地",
        Boolean,
        nullable=False,
    ),
    Index("ix_station_home_id", "home_id"),
)

deputy_group = golden(
    "deputy_group",
    link("division_id", "division", "Division of the group 行政区划", nullable=False),
    link("congress_id", "congress", "Congress that the group belongs to 所属人大"),
    plain("name", "Name 名称", nullable=False),
    listed("level", enums.Level, "Level of the division 层级", nullable=False),
    listed("kind", enums.GroupKind, "Territorial or professional 类型"),
    plain("field", "Field of work: education, health 领域"),
    link("leader_id", "deputy", "Leader 组长"),
    plain("contact", "Name of the contact person 联系人"),
    plain("introduction", "What the group does 简介"),
    Index("ix_deputy_group_division_id", "division_id"),
    Index("ix_deputy_group_congress_id", "congress_id"),
    Index("ix_deputy_group_leader_id", "leader_id"),
)


home_member = membership("home_member", "home")
station_member = membership("station_member", "station")
deputy_group_member = membership("deputy_group_member", "deputy_group")

# --- What the sources said -----------------------------------------------------------------------

source_system = Table(
    "source_system",
    metadata,
    key(),
    plain("code", "Code of the system 系统代码", nullable=False),
    plain("name", "Name of the system 系统名称", nullable=False),
    link("division_id", "division", "Division whose system it is 所属行政区划", nullable=False),
    listed("level", enums.Level, "Level of that division 层级", nullable=False),
    listed("connector", enums.ConnectorKind, "How it is read 连接方式", nullable=False),
    Column("manifest", JSONB, comment="The manifest, secrets left as ${NAMES}"),
    listed("status", enums.SystemStatus, "State 状态", nullable=False),
    Column("last_run_id", Uuid, comment="Latest run 最近一次运行"),
    plain("last_success_at", "Time of the last complete run 最近成功时间", DateTime(timezone=True)),
    UniqueConstraint("code"),
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
    listed("kind", enums.RunKind, "Sync or push 类型", nullable=False),
    listed("status", enums.RunStatus, "State 状态", nullable=False),
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
)

source_record = Table(
    "source_record",
    metadata,
    key(),
    link("system_id", "source_system", "System that said it 来源系统", nullable=False),
    listed("kind", enums.RecordKind, "Kind of record 记录类型", nullable=False),
    plain("external_id", "Id of the record in its system 外部标识", nullable=False),
    plain("stream", "Stream of the manifest it came by, or push", nullable=False),
    Column("fields", JSONB, nullable=False, comment="The fields it stated, normalised 字段"),
    Column("resolved", JSONB, nullable=False, comment="Golden columns found from its codes"),
    Column("checksum", LargeBinary, nullable=False, comment="Digest of the row as it was read"),
    Column("id_token", LargeBinary, comment="Keyed HMAC of the national id; never shown"),
    Column("id_parts", Text, comment="Birth in the national id, keyed parts; never shown"),
    Column("warnings", JSONB, comment="What of it could not be used, with code and sentence 警告"),
    plain("person_key", "Key of the person inside its system"),
    link("division_id", "division", "Division of the record", nullable=False),
    Column("entity_id", Uuid, nullable=False, comment="Golden row it is linked to"),
    Column("person_id", Uuid, comment="Person it is linked to, for mandates"),
    link("run_id", "run", "Run that stored it", nullable=False),
    plain(
        "first_seen_at", "Time it was first read 首次读取", DateTime(timezone=True), nullable=False
    ),
    plain(
        "last_seen_at", "Time it was last stored 最近存储", DateTime(timezone=True), nullable=False
    ),
    plain("deleted_at", "Time its deletion was believed 删除时间", DateTime(timezone=True)),
    plain(
        "missing_since",
        "Since when it is missing, its deletion withheld 缺失起始",
        DateTime(timezone=True),
    ),
    UniqueConstraint("system_id", "kind", "external_id"),
    Index("ix_source_record_entity_id", "entity_id"),
    Index(
        "ix_source_record_person_id", "person_id", postgresql_where=text("person_id IS NOT NULL")
    ),
    Index("ix_source_record_id_token", "id_token", postgresql_where=text("id_token IS NOT NULL")),
    Index(
        "ix_source_record_person_key",
        "system_id",
        "person_key",
        postgresql_where=text("person_key IS NOT NULL"),
    ),
    Index(
        "ix_source_record_name",
        "division_id",
        text("(fields ->> 'name')"),
        postgresql_where=text("kind <> 'DEPUTY'"),
    ),
)

record_version = Table(
    "record_version",
    metadata,
    Column(
        "record_id",
        Uuid,
        nullable=False,
        comment="Record whose earlier state this is",
    ),
    Column("run_id", Uuid, nullable=False, comment="Run that had stored this state"),
    Column("fields", JSONB, nullable=False, comment="What the source said then"),
    Column("checksum", LargeBinary, nullable=False, comment="Digest of the row then"),
    Column("deleted_at", DateTime(timezone=True), comment="Set where that state was a deletion"),
    Column("stored_at", DateTime(timezone=True), nullable=False, comment="Since when it held"),
    Column(
        "superseded_at",
        DateTime(timezone=True),
        nullable=False,
        server_default=func.now(),
        comment="Until when it held",
    ),
    Column(
        "step",
        BigInteger,
        STEP,
        nullable=False,
        server_default=STEP.next_value(),
        comment="Order of what happened to records: when it ended",
    ),
    Column("stream", Text, comment="Stream it had come by"),
    Column("resolved", JSONB, comment="Golden columns found from its codes then"),
    Column("id_token", LargeBinary, comment="Keyed HMAC of the national id then; never shown"),
    Column("id_parts", Text, comment="Parts of the national id then; never shown"),
    Column("warnings", JSONB, comment="What of it could not be used then"),
    Column("person_key", Text, comment="Key of the person inside its system then"),
    Column("division_id", Uuid, comment="Division of the record then"),
    Column("missing_since", DateTime(timezone=True), comment="Since when it was missing then"),
    Column("refs", JSONB, comment="References it stated then"),
    Index("ix_record_version_record_id", "record_id", "superseded_at"),
    Index("ix_record_version_run_id", "run_id"),
)

reference = Table(
    "reference",
    metadata,
    Column("id", BigInteger, Identity(), primary_key=True, comment="Id of the row"),
    Column(
        "record_id",
        Uuid,
        nullable=False,
        comment="Record that states the link",
    ),
    plain("name", "Field that states it: homes, members, leader", nullable=False),
    Column("system_id", Uuid, nullable=False, comment="System inside which the id holds"),
    plain("target_kind", "Kind of the record meant", nullable=False),
    plain("target_external_id", "External id of the record meant", nullable=False),
    plain("role", "Role stated with it"),
    plain("start_date", "First day stated with it", Date),
    plain("end_date", "Last day stated with it", Date),
    Index("ix_reference_record_id", "record_id"),
    Index("ix_reference_target", "system_id", "target_kind", "target_external_id"),
)

quarantine = Table(
    "quarantine",
    metadata,
    key(),
    link("system_id", "source_system", "System 来源系统", nullable=False),
    link("run_id", "run", "Latest run that met it", nullable=False),
    listed("kind", enums.RecordKind, "Kind of record", nullable=False),
    plain("row_key", "External id, or the place where there is none", nullable=False),
    plain("place", "Where it stands: file, row, column"),
    Column("errors", JSONB, nullable=False, comment="[{field, code, message}]"),
    Column("row", JSONB, nullable=False, comment="The row as read, without id numbers"),
    Column("checksum", LargeBinary, comment="Digest of the row as it was read"),
    Column(
        "first_seen_at",
        DateTime(timezone=True),
        nullable=False,
        server_default=func.now(),
        comment="Time it was first refused",
    ),
    plain("resolved_at", "Time the record was stored after all", DateTime(timezone=True)),
    UniqueConstraint("system_id", "kind", "row_key"),
)

# --- What the hub did ----------------------------------------------------------------------------

change = Table(
    "change",
    metadata,
    Column("sequence", BigInteger, Identity(), primary_key=True, comment="Order of the changes"),
    Column(
        "at", DateTime(timezone=True), nullable=False, server_default=func.now(), comment="Time"
    ),
    plain("entity_type", "Table of the golden row", nullable=False),
    Column("entity_id", Uuid, nullable=False, comment="Golden row that changed"),
    listed("kind", enums.ChangeKind, "Created, updated or deleted", nullable=False),
    Column("before", JSONB, comment="Changed fields before"),
    Column("after", JSONB, comment="Changed fields after"),
    Column("run_id", Uuid, comment="Run that caused it"),
    plain(
        "is_substantive", "False where only the form of a value changed", Boolean, nullable=False
    ),
    plain("actor", "Steward who caused it; null: a run did 操作人"),
    Column("undoes", Uuid, comment="Run that it takes back"),
)

priority_rule = Table(
    "priority_rule",
    metadata,
    key(),
    listed("kind", enums.RecordKind, "Kind of record 记录类型", nullable=False),
    plain("field", "Field the rule is for; null: every field of the kind 字段"),
    Column("system_codes", ARRAY(Text), nullable=False, comment="Systems, the first wins 优先顺序"),
    UniqueConstraint("kind", "field", postgresql_nulls_not_distinct=True),
)

redirect = Table(
    "redirect",
    metadata,
    Column("old_id", Uuid, primary_key=True, comment="Id of a golden row merged away"),
    Column("new_id", Uuid, nullable=False, comment="Id of the row that took its records over"),
    Column(
        "at", DateTime(timezone=True), nullable=False, server_default=func.now(), comment="Time"
    ),
    Index("ix_redirect_new_id", "new_id"),
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

index_orders(metadata)
