import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "graphql";

// Shown where the folder holds no example yet.
const FALLBACK = {
  query: `# 四川省及其市（州）
# Sichuan province and its prefectures
query Division {
  division(code: "510000") {
    code
    name
    level
    children {
      code
      name
    }
  }
}
`,
};

function readVariables(path) {
  if (!existsSync(path)) return {};
  const text = readFileSync(path, "utf8").trimEnd();
  JSON.parse(text);
  return { variables: text };
}

function readExample(folder, file) {
  const query = readFileSync(join(folder, file), "utf8");
  parse(query);
  return { query, ...readVariables(join(folder, file.replace(/\.graphql$/, ".variables.json"))) };
}

function nameError(file, error) {
  return new Error(`examples/${file} cannot be read: ${error.message}. Correct it and build again.`);
}

/** The tabs that a new user finds: one for each *.graphql of the folder, in the order of names. */
export function readExamples(folder) {
  const files = existsSync(folder) ? readdirSync(folder).sort() : [];
  const examples = files
    .filter((file) => file.endsWith(".graphql"))
    .map((file) => {
      try {
        return readExample(folder, file);
      } catch (error) {
        throw nameError(file, error);
      }
    });
  return examples.length > 0 ? examples : [FALLBACK];
}
