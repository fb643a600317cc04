// The recommended and the Relay rules of graphql-eslint for schema/schema.graphql.
import plugin from "@graphql-eslint/eslint-plugin";

const { "flat/schema-recommended": recommended, "flat/schema-relay": relay } = plugin.configs;

// Types that are parts of a node and have no identity of their own: whoever refers to one refers
// to its node. All that can be asked for again by itself is a node and has an id.
const PARTS = [
  "BoardAspect", // one aspect of the board of a division and year
  "BudgetExecution", // the rate of one book and side of a division's year
  "BoardProblem", // one line of the board, which leads to its node
  "ChainBreak", // a person's mandates that lie on no one chain
  "Composition", // the deputies of a level in numbers
  "DivisionLoad", // the numbers of a division's stations in a year
  "DoubleEntry", // two records that may be of one activity
  "ScoreCard", // a mandate's scores of one period, added up
  "NearbyStation", // a station with its distance
  "StationLoad", // the numbers of a station in a year
  "DivisionSuccession", // a division that came before or after, and how
  "FieldProvenance", // one field of a node and the record it comes from
  "PlaceCoverage", // how many of a division's towns or villages have a home or station
  "PendingReference", // what a record names and no record has yet
  "LinkEvidence", // one field of a pair of records and what it weighs
  "LinkExplanation", // why a pair of records is or is not of one person
  "LiveRecord", // what the source of a record states now
  "OtherValue", // another value of that field
  "Presidium", // a congress's presidium, one for each congress
  "PushRun", // the counts of a push
  "Redirect", // an id that leads to the node that took its place
  "SearchHit", // a node that a search found, and where
  "StandingCommittee", // a congress's standing committee, one for each congress
];

export default [
  {
    files: ["**/schema.graphql"],
    languageOptions: {
      parser: plugin.parser,
      parserOptions: { graphQLConfig: { schema: "schema/schema.graphql" } },
    },
    plugins: { "@graphql-eslint": plugin },
    rules: {
      ...recommended.rules,
      ...relay.rules,
      // Relay asks for edges where a list is paged. Lists that are always whole (ancestors,
      // provenance) and the short way `nodes` beside `edges` need none.
      "@graphql-eslint/relay-edge-types": ["error", { listTypeCanWrapOnlyEdgeType: false }],
      "@graphql-eslint/strict-id-in-types": [
        "error",
        {
          exceptions: {
            types: ["PageInfo", ...PARTS],
            // Pages of a list, what their rows come to, answers to a mutation, and what those say
            // of one record.
            suffixes: [
              "Connection",
              "Edge",
              "Aggregate",
              "AggregateGroup",
              "Ends",
              "Sums",
              "Means",
              "Known",
              "GroupKey",
              "Payload",
              "Result",
              "Error",
            ],
          },
        },
      ],
    },
  },
];
