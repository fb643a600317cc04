// Generates typed documents with the client preset: codegen.mjs FOLDER, which holds app.ts.
import { generate } from "@graphql-codegen/cli";

const [folder] = process.argv.slice(2);
const files = await generate(
  {
    cwd: folder,
    schema: "schema.graphql",
    documents: ["app.ts"],
    silent: true,
    generates: {
      "generated/": {
        preset: "client",
        config: {
          documentMode: "string",
          importExtension: ".js",
          useTypeImports: true,
          strictScalars: true,
          scalars: { Date: "string", DateTime: "string", JSON: "unknown" },
        },
      },
    },
  },
  true,
);
console.log(JSON.stringify(files.map(({ filename }) => filename.split("/").pop()).sort()));
