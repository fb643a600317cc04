// Tabs and history hold request headers, and those hold the API key. `shouldPersistHeaders`
// keeps them out of the stored tabs only; GraphiQL writes the history with them all the same.
const PREFIX = "graphiql:";
const WITH_HEADERS = new Set(["tabState", "queries", "favorites"]);

function dropHeaders(name, value) {
  if (!WITH_HEADERS.has(name.slice(PREFIX.length))) return value;
  return JSON.stringify(JSON.parse(value), (key, part) => (key === "headers" ? null : part));
}

function listNames() {
  return Object.keys(localStorage).filter((name) => name.startsWith(PREFIX));
}

/** The browser's local storage as GraphiQL expects it, with request headers left out. */
export const storage = {
  getItem: (name) => localStorage.getItem(name),
  setItem: (name, value) => localStorage.setItem(name, dropHeaders(name, value)),
  removeItem: (name) => localStorage.removeItem(name),
  clear: () => listNames().forEach((name) => localStorage.removeItem(name)),
  get length() {
    return listNames().length;
  },
};
