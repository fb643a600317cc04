// Rules for the pages, their build and the client scripts of the tests; run from the root of the
// project by `make lint`. The caps are those of tests/test_layout.py for Python.
import js from "@eslint/js";
import globals from "globals";

export default [
  { ignores: ["web/dist/", "**/node_modules/"] },
  js.configs.recommended,
  {
    rules: {
      complexity: ["error", 10],
      eqeqeq: "error",
      "max-lines": ["error", 400],
      "max-lines-per-function": ["error", 40],
      "no-var": "error",
      "prefer-const": "error",
    },
  },
  {
    files: ["web/*.js", "tests/clients/**/*.mjs"],
    languageOptions: { globals: globals.node },
  },
  {
    files: ["web/{src,steward}/**/*.{js,jsx}"],
    languageOptions: {
      globals: { ...globals.browser, EXAMPLES: "readonly" },
      parserOptions: { ecmaFeatures: { jsx: true } },
    },
  },
];
