/** Posts an operation to the hub and gives its answer; an answer that is no JSON becomes an Error. */
export async function post(operation, { headers } = {}) {
  const response = await fetch("/graphql", {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json", ...headers },
    body: JSON.stringify(operation),
  });
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(
      `The hub answered ${response.status} with something other than JSON: ${text.slice(0, 200)}`,
    );
  }
}
