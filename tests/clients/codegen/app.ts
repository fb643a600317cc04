// A program as a front-end team writes it, typed by the schema. Prints what it found.
import { graphql, useFragment } from "./generated/index.js";
import type { TypedDocumentString } from "./generated/graphql.js";

const Card = graphql(`
  fragment Card on Deputy {
    level
    term
    congress {
      name
    }
  }
`);

const Find = graphql(`
  query Find($name: String!, $levels: [Level!]) {
    people(where: { name: { eq: $name } }, first: 1) {
      totalCount
      nodes {
        name
        birthMonth
        mandates(where: { level: { in: $levels } }) {
          nodes {
            ...Card
          }
        }
      }
    }
  }
`);

async function ask<Data, Variables>(
  document: TypedDocumentString<Data, Variables>,
  variables: Variables,
): Promise<Data> {
  const answer = await fetch(process.argv[2]!, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ query: document.toString(), variables }),
  });
  return ((await answer.json()) as { data: Data }).data;
}

const { people } = await ask(Find, { name: "王小明", levels: ["COUNTY"] });
const person = people.nodes[0]!;
const name: string = person.name;
// @ts-expect-error - a field that was not selected
person.gender;
// @ts-expect-error - a value may be missing
const month: string = person.birthMonth;
// @ts-expect-error - no such level
void ask(Find, { name, levels: ["VILLAGE_GROUP"] }).catch(() => month);

const cards = person.mandates.nodes.map((mandate) => useFragment(Card, mandate));
console.log(JSON.stringify({ name, cards }));
