// urql: GET, its cache, a typed error, and its persisted exchange.
import { Client, cacheExchange, fetchExchange, gql } from "@urql/core";
import { persistedExchange } from "@urql/exchange-persisted";

const [url, nonce] = process.argv.slice(2);

function open(...exchanges) {
  const sent = [];
  const note = async (address, options) => {
    const answer = await fetch(address, options);
    sent.push([options.method, answer.status]);
    return answer;
  };
  const all = [cacheExchange, ...exchanges, fetchExchange];
  return { client: new Client({ url, fetch: note, exchanges: all, preferGetMethod: true }), sent };
}

const query = gql`
  query Division${nonce}($code: String!) {
    division(code: $code) { id name level parent { name } }
  }
`;

const plain = open();
const one = await plain.client.query(query, { code: "510811" }).toPromise();
await plain.client.query(query, { code: "510811" }).toPromise();
const none = await plain.client.query(gql`{ nothing }`, {}).toPromise();

const persisted = open(persistedExchange({ preferGetForPersistedQueries: true }));
const again = await persisted.client.query(query, { code: "510811" }).toPromise();

console.log(
  JSON.stringify({
    division: one.data.division,
    same: JSON.stringify(again.data) === JSON.stringify(one.data),
    code: none.error.graphQLErrors[0].extensions.reason,
    plain: plain.sent,
    persisted: persisted.sent,
  }),
);
