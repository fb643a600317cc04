// The graph as the page asks it: each operation of docs/stewards.md that it needs.
const RECORD = "id externalId fields system { name }";

export const LOAD = `query Load($since: DateTime!) {
  same: judgements(first: 1, where: ${today("SAME")}) { totalCount }
  different: judgements(first: 1, where: ${today("DIFFERENT")}) { totalCount }
  later: judgements(first: 1, where: ${today("UNSURE")}) { totalCount }
  queue: linkCandidates(first: 30) { totalCount nodes {
    id kind score value left { ${RECORD} } right { ${RECORD} } } }
  history: judgements(
    first: 50, where: { madeBy: { eq: STEWARD } }, orderBy: [{ madeAt: DESC }]
  ) { nodes { id kind verdict steward madeAt note stands withdrawnBy
    left { ${RECORD} } right { ${RECORD} } } }
  conflicts(first: 30) { totalCount nodes {
    id type field node { __typename id ${named()} }
    values { value system { name } record { externalId } } } }
  pins(first: 50, where: { releasedAt: { isNull: true } }, orderBy: [{ madeAt: DESC }]) { nodes {
    id field value steward madeAt node { __typename id ${named()} } } }
}`;

export const EXPLAIN = `query Explain($left: ID!, $right: ID!) {
  explainLink(left: $left, right: $right) {
    prior total probability rules evidence { field left right agreement detail weight } } }`;

export const DECIDE = `mutation Decide($left: ID!, $right: ID!, $verdict: Verdict!) {
  decideLink(input: { left: $left, right: $right, verdict: $verdict }) { judgement { id } } }`;

export const WITHDRAW = `mutation Withdraw($id: ID!) {
  withdrawJudgement(input: { judgement: $id }) { judgement { id } } }`;

export const PIN = `mutation Pin($node: ID!, $field: String!, $value: JSON) {
  pinValue(input: { node: $node, field: $field, value: $value }) { pin { id } } }`;

export const RELEASE = `mutation Release($id: ID!) {
  releaseValue(input: { pin: $id }) { pin { id } } }`;

/** What the schema says of the fields and values of records, in both languages. */
export const DESCRIBE = `query Describe {
${["Deputy", "Home", "Station", "Group", "HandlingBody"]
  .map((kind) => `${kind}: __type(name: "${kind}RecordInput") { inputFields { name description } }`)
  .join("\n")}
${["Person", "Deputy", "DeputyHome", "LiaisonStation", "DeputyGroup", "HandlingBody"]
  .map(
    (type) => `golden${type}: __type(name: "${type}") { fields { name description type {
      enumValues { name description } ofType { enumValues { name description } } } } }`,
  )
  .join("\n")}
}`;

function today(verdict) {
  return `{ verdict: { eq: ${verdict} }, madeBy: { eq: STEWARD },
    stands: { eq: true }, madeAt: { gte: $since } }`;
}

function named() {
  return `${["Person", "DeputyHome", "LiaisonStation", "DeputyGroup", "HandlingBody"]
    .map((type) => `... on ${type} { name }`)
    .join(" ")} ... on Deputy { person { name } }`;
}

/** An error that the hub answered, or NETWORK where it did not answer. */
export class GraphError extends Error {
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}

/** The data of an operation, asked with the key. Throws GraphError. */
export async function ask(key, query, variables = {}) {
  const { data, errors } = await send(key, { query, variables });
  if (errors) {
    const { code, reason = code } = errors[0].extensions || {};
    throw new GraphError(reason, errors[0].message);
  }
  return data;
}

async function send(key, body) {
  try {
    const response = await fetch("/graphql", {
      method: "POST",
      headers: { "Content-Type": "application/json", Authorization: `Bearer ${key}` },
      body: JSON.stringify(body),
    });
    return await response.json();
  } catch (error) {
    throw new GraphError("NETWORK", error.message);
  }
}

/**
 * Whether the key is a steward's, before anything is decided with it: only such a key gets as far
 * as learning that there is no judgement of this id. Throws GraphError where it is none.
 */
export async function checkKey(key) {
  const id = "Judgement:00000000-0000-0000-0000-000000000000";
  try {
    await ask(key, WITHDRAW, { id });
  } catch (error) {
    if (["UNAUTHENTICATED", "FORBIDDEN", "NETWORK"].includes(error.code)) throw error;
  }
}
