// Asks with what Relay's compiler made: a list, its next page, a node. Prints what is in the store.
import { createRequire } from "node:module";
import { join } from "node:path";
import {
  Environment,
  Network,
  RecordSource,
  Store,
  createOperationDescriptor,
  fetchQuery,
  getRequest,
  getSingularSelector,
} from "relay-runtime";

const [url, artifacts, personId] = process.argv.slice(2);
const require = createRequire(import.meta.url);
const artifact = (name) => require(join(artifacts, `${name}.graphql.js`));

async function post({ text, name }, variables) {
  const answer = await fetch(url, {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/graphql-response+json" },
    body: JSON.stringify({ query: text, operationName: name, variables }),
  });
  return answer.json();
}

const environment = new Environment({
  network: Network.create(post),
  store: new Store(new RecordSource()),
});

const query = artifact("ProvinceQuery");
const variables = { code: "510000", size: 2 };
await fetchQuery(environment, query, variables).toPromise();
const asked = createOperationDescriptor(getRequest(query), variables);

function prefectures() {
  const root = environment.lookup(asked.fragment).data.division;
  const selector = getSingularSelector(artifact("ProvincePrefectures"), root);
  return { id: selector.dataID, ...environment.lookup(selector).data.children };
}

const first = prefectures();
const page = { id: first.id, size: 2, after: first.pageInfo.endCursor };
await fetchQuery(environment, artifact("ProvincePrefecturesPageQuery"), page).toPromise();
const both = prefectures();
const person = await fetchQuery(environment, artifact("ProvincePersonQuery"), {
  id: personId,
}).toPromise();

const codes = ({ edges }) => edges.map(({ node }) => node.code);
console.log(
  JSON.stringify({
    totalCount: first.totalCount,
    firstPage: codes(first),
    bothPages: codes(both),
    prefecture: environment.lookup(
      getSingularSelector(artifact("ProvincePrefecture"), both.edges[2].node),
    ).data,
    person: person.node,
  }),
);
