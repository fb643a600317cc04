// Builds dist/: two pages, GraphiQL as index.html and the stewards' as steward.html, with hashed
// scripts, styles and icon, all under /static/graphiql/.
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

import { readExamples } from "./examples.js";

const HERE = fileURLToPath(new URL(".", import.meta.url));
const SOURCE = join(HERE, "src");
const STEWARD = join(HERE, "steward");
const DIST = join(HERE, "dist");
const SERVED_AT = "/static/graphiql/";

function bundle(examples) {
  return build({
    entryPoints: [
      join(SOURCE, "page.jsx"),
      join(SOURCE, "favicon.svg"),
      join(STEWARD, "steward.js"),
    ],
    outdir: DIST,
    entryNames: "[name]-[hash]",
    bundle: true,
    minify: true,
    metafile: true,
    format: "esm",
    jsx: "automatic",
    // Browsers in offices stay for years.
    target: ["chrome87", "edge88", "firefox78", "safari14"],
    // Licences of what is bundled travel beside it.
    legalComments: "linked",
    loader: { ".svg": "copy" },
    define: { EXAMPLES: JSON.stringify(examples), "process.env.NODE_ENV": '"production"' },
  });
}

function locate(names, pattern) {
  const name = names.find((candidate) => pattern.test(candidate));
  if (!name) throw new Error(`The build made no file like ${pattern}.`);
  return SERVED_AT + name;
}

/** Write a page whose script and style are named `name`. */
function writePage(names, template, name, file) {
  const page = readFileSync(template, "utf8")
    .replace("%FAVICON%", locate(names, /^favicon-.*\.svg$/))
    .replace("%STYLE%", locate(names, new RegExp(`^${name}-.*\\.css$`)))
    .replace("%SCRIPT%", locate(names, new RegExp(`^${name}-.*\\.js$`)));
  writeFileSync(join(DIST, file), page);
}

const examples = readExamples(join(HERE, "..", "examples"));
rmSync(DIST, { recursive: true, force: true });
const { metafile } = await bundle(examples);
const names = Object.keys(metafile.outputs).map((path) => basename(path));
writePage(names, join(SOURCE, "index.html"), "page", "index.html");
writePage(names, join(STEWARD, "index.html"), "steward", "steward.html");
console.log(`GraphiQL with ${examples.length} example(s) and the stewards' page are in web/dist`);
