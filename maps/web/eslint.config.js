import js from "@eslint/js";
import importX from "eslint-plugin-import-x";
import globals from "globals";

export default [
  { ignores: ["node_modules/"] },
  js.configs.recommended,
  {
    files: ["**/*.js"],
    plugins: { "import-x": importX },
    languageOptions: { ecmaVersion: 2023, sourceType: "module", globals: { ...globals.browser, L: "readonly" } },
    rules: {
      "import-x/no-cycle": "error",
      "import-x/no-unresolved": "error",
      "import-x/named": "error",
      "import-x/no-duplicates": "error",
      "no-shadow": "off",
      "no-unused-vars": [
        "error",
        { caughtErrors: "none", argsIgnorePattern: "^_", destructuredArrayIgnorePattern: "^_" },
      ],
      "max-lines-per-function": ["error", { max: 60 }],
      "max-lines": ["error", { max: 450 }],
      eqeqeq: "error",
      "prefer-const": "error",
    },
  },
  { files: ["build.mjs", "test/**"], languageOptions: { globals: globals.node } },
];
