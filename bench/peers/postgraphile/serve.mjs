// PostGraphile over the hub's tables: `node serve.mjs PORT`, the store in PGHOST, PGUSER, PGDATABASE.
//
// The tables have no foreign keys, so smart tags tell the relations that the shapes follow.
import { createServer } from "node:http";
import { postgraphile } from "postgraphile";
import { grafserv } from "postgraphile/grafserv/node";
import { makePgService } from "postgraphile/adaptors/pg";
import { PostGraphileAmberPreset } from "postgraphile/presets/amber";
import { pgSmartTags } from "postgraphile/utils";
import { PgAggregatesPreset } from "@graphile/pg-aggregates";
import { PostGraphileConnectionFilterPreset } from "postgraphile-plugin-connection-filter";

const RELATIONS = {
  division: ["(parent_id) references division (id)"],
  home: ["(division_id) references division (id)"],
  station: ["(division_id) references division (id)"],
  deputy_group: ["(division_id) references division (id)"],
  congress: ["(division_id) references division (id)"],
  deputy: [
    "(person_id) references person (id)",
    "(congress_id) references congress (id)",
    "(division_id) references division (id)",
  ],
  station_member: [
    "(station_id) references station (id)",
    "(deputy_id) references deputy (id)",
  ],
  deputy_group_member: [
    "(deputy_group_id) references deputy_group (id)",
    "(deputy_id) references deputy (id)",
  ],
};

const relations = pgSmartTags(
  Object.entries(RELATIONS).map(([table, foreignKey]) => ({
    kind: "class",
    match: table,
    tags: { foreignKey },
  })),
);

const preset = {
  extends: [
    PostGraphileAmberPreset,
    PostGraphileConnectionFilterPreset,
    PgAggregatesPreset,
  ],
  plugins: [relations],
  disablePlugins: ["PgIndexBehaviorsPlugin"],
  schema: { connectionFilterRelations: true },
  pgServices: [
    makePgService({
      schemas: ["public"],
      poolConfig: { max: Number(process.env.HUB_POOL_SIZE) },
    }),
  ],
  grafserv: { graphiql: false, watch: false },
};

const server = createServer();
const service = postgraphile(preset).createServ(grafserv);
await service.addTo(server);
server.listen(Number(process.argv[2]), "127.0.0.1");
