// Apollo Client with its persisted-query link, and a second client that finds the document known.
import { createHash } from "node:crypto";
import { ApolloClient, CombinedGraphQLErrors, HttpLink, InMemoryCache, gql } from "@apollo/client";
import { PersistedQueryLink } from "@apollo/client/link/persisted-queries";
import { relayStylePagination } from "@apollo/client/utilities";

const [url, nonce] = process.argv.slice(2);
const sha256 = (text) => createHash("sha256").update(text).digest("hex");

function open() {
  const sent = [];
  const note = async (address, options) => {
    const answer = await fetch(address, options);
    const hasDocument = /[?&]query=|"query":/.test(address + (options.body ?? ""));
    sent.push([options.method, hasDocument ? "document" : "hash", answer.status]);
    return answer;
  };
  const cache = new InMemoryCache({
    typePolicies: { Division: { fields: { children: relayStylePagination(["orderBy"]) } } },
  });
  const link = new PersistedQueryLink({ sha256, useGETForHashedQueries: true }).concat(
    new HttpLink({ uri: url, fetch: note }),
  );
  return { client: new ApolloClient({ cache, link }), sent };
}

// The nonce makes the document one that no other client has sent.
const query = gql`
  query Prefectures${nonce}($code: String!, $after: String) {
    division(code: $code) {
      id
      name
      children(first: 2, after: $after, orderBy: [{ code: ASC }]) {
        edges { cursor node { id code } }
        pageInfo { endCursor hasNextPage }
      }
    }
  }
`;

const variables = { code: "510000" };
const first = open();
const { data } = await first.client.query({ query, variables });
const after = data.division.children.pageInfo.endCursor;
await first.client.query({ query, variables: { ...variables, after }, fetchPolicy: "network-only" });
const merged = first.client.readQuery({ query, variables });

const second = open();
await second.client.query({ query, variables });

const refused = await second.client
  .query({ query: gql`query Refused { node(id: "x") { id } }` })
  .catch((error) => CombinedGraphQLErrors.is(error) && error.errors[0].extensions.reason);

console.log(
  JSON.stringify({
    name: data.division.name,
    codes: merged.division.children.edges.map(({ node }) => node.code),
    first: first.sent,
    second: second.sent.slice(0, 1),
    refused,
  }),
);
