import js from "@eslint/js";
import tseslint from "typescript-eslint";

/** At most three values exported by a file: a reader should know what a file is for from what it gives. */
const maxExports = {
  create(context) {
    const exported = [];
    const count = (node) => exported.push(node);
    return {
      ExportNamedDeclaration: (node) => {
        if (node.exportKind === "type") return;
        if (node.declaration) count(node);
        node.specifiers.forEach(count);
      },
      ExportDefaultDeclaration: count,
      "Program:exit"() {
        if (exported.length > 3)
          context.report({ node: exported[3], message: `At most 3 exports a file, here ${exported.length}` });
      },
    };
  },
};

const deepImportsOnly = ["aws", "kubernetes", "helm"].map((name) => ({
  name: `@cdktf/provider-${name}`,
  message: `Import deeply: @cdktf/provider-${name}/lib/<resource>. The barrel costs seconds and half a gigabyte.`,
}));

/** cdktf stays behind this line, so that moving to its fork changes few files. */
const noCdktf = [
  {
    group: ["cdktf", "cdktf/*", "@cdktf/*"],
    message: "cdktf is imported in lib/, modules/ and main.ts only",
  },
];

const sideEffects = [
  "fs",
  "fs/promises",
  "child_process",
  "readline",
  "readline/promises",
  "os",
  "net",
  "http",
  "https",
].map((name) => ({
  name: `node:${name}`,
  message: "Side effects of provision go through scripts/provision/world/",
}));

export default tseslint.config(
  { ignores: ["node_modules", "cdktf.out", ".provision", "coverage"] },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: { projectService: { allowDefaultProject: ["eslint.config.mjs"] } },
    },
    plugins: { house: { rules: { "max-exports": maxExports } } },
    rules: {
      "max-lines": ["error", 200],
      "max-lines-per-function": ["error", 50],
      "max-params": ["error", 3],
      "max-depth": ["error", 3],
      "house/max-exports": "error",
      "no-restricted-imports": ["error", { paths: deepImportsOnly }],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      // Constructs register themselves with their scope: creating one is the effect.
      "no-new": "off",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
    },
  },
  {
    files: ["scripts/**", "rehearsal/**", "gitops/**", "policy/**"],
    rules: { "no-restricted-imports": ["error", { paths: deepImportsOnly, patterns: noCdktf }] },
  },
  {
    files: ["scripts/provision/**"],
    ignores: ["scripts/provision/world/**"],
    rules: {
      "no-restricted-imports": ["error", { paths: [...deepImportsOnly, ...sideEffects], patterns: noCdktf }],
      "no-restricted-globals": [
        "error",
        { name: "console", message: "Print through the world" },
        { name: "process", message: "Arguments, environment and signals come through the world" },
        { name: "setTimeout", message: "The clock is the world's" },
      ],
    },
  },
  {
    files: ["test/**", "rehearsal/test/**"],
    rules: {
      "max-lines": "off",
      "max-lines-per-function": "off",
      "house/max-exports": "off",
      "@typescript-eslint/no-non-null-assertion": "off",
      // Tests edit parsed YAML and read Terraform JSON, whose shape they know.
      "@typescript-eslint/no-unsafe-assignment": "off",
      "@typescript-eslint/no-unsafe-member-access": "off",
    },
  },
  { files: ["**/*.mjs"], ...tseslint.configs.disableTypeChecked },
);
