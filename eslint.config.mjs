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
  "tls",
  "dgram",
  "dns",
  "dns/promises",
  "http",
  "http2",
  "https",
  "timers",
  "timers/promises",
  "worker_threads",
  "cluster",
  "process",
  "module",
  "perf_hooks",
  "console",
].flatMap((name) =>
  // Node takes both spellings.
  [`node:${name}`, name].map((spelling) => ({
    name: spelling,
    message: "Side effects go through scripts/provision/world/",
  })),
);

/** Packages that talk to others; types of the AWS SDK are free. */
const talkingPackages = [
  {
    group: ["pg", "@kubernetes/*", "@aws-sdk/*", "@smithy/*", "*-proxy-agent"],
    allowTypeImports: true,
    message: "Side effects go through scripts/provision/world/",
  },
];

/** Randomness is a side effect; the rest of node:crypto computes. */
const randomness = ["node:crypto", "crypto"].map((name) => ({
  name,
  importNames: ["randomBytes", "randomInt", "randomUUID", "randomFill", "randomFillSync", "webcrypto"],
  message: "Randomness goes through scripts/provision/world/",
}));

/** Neither the clock nor chance decides what is synthesised, judged or counted; provision asks its world. */
const noClockNorChance = {
  "no-restricted-properties": [
    "error",
    { object: "Date", property: "now", message: "Take the time as an argument" },
    { object: "Math", property: "random", message: "Take what is random as an argument" },
    { object: "performance", property: "now", message: "Take the time as an argument" },
  ],
  "no-restricted-syntax": [
    "error",
    {
      selector: 'NewExpression[callee.name="Date"][arguments.length=0]',
      message: "Take the time as an argument",
    },
    { selector: 'CallExpression[callee.name="Date"]', message: "Take the time as an argument" },
    { selector: 'MemberExpression[object.name="globalThis"]', message: "Name the global itself" },
    { selector: "ImportExpression > Literal[value=/^[^.]/]", message: "Import packages statically" },
  ],
};

const worldOnly = (message, ...names) => names.map((name) => ({ name, message }));
const globalEffects = [
  "error",
  ...worldOnly("Print through the world", "console"),
  ...worldOnly("Arguments, environment and signals come through the world", "process"),
  ...worldOnly("The clock is the world's", "setTimeout", "setInterval", "setImmediate", "performance"),
  ...worldOnly("The network is the world's", "fetch", "WebSocket", "EventSource", "XMLHttpRequest"),
  ...worldOnly("Randomness is the world's", "crypto"),
];

/** Folders whose code computes, and nothing else. */
const pure = ["lib/**", "modules/**", "gitops/**", "synthesis/**", "policy/**", "capacity/**"];
/** What runs in Lambda, the source of what runs there, cdktf's own switch, and what main.ts and provision do alike. */
const impure = [
  "modules/release-service/lambda/**",
  "modules/release-service/proxy/code.ts",
  "lib/layer/token-traces.ts",
  "lib/{create-folder,file-kind,load-module}.ts",
];

export default tseslint.config(
  { ignores: ["node_modules", "cdktf.out", ".provision", "coverage", "dist"] },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ["eslint.config.mjs", ".dependency-cruiser.cjs"] },
      },
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
    files: ["scripts/**", "rehearsal/**"],
    rules: { "no-restricted-imports": ["error", { paths: deepImportsOnly, patterns: noCdktf }] },
  },
  {
    files: pure,
    ignores: impure,
    rules: {
      ...noClockNorChance,
      "no-restricted-imports": "off",
      "@typescript-eslint/no-restricted-imports": [
        "error",
        { paths: [...deepImportsOnly, ...sideEffects, ...randomness], patterns: talkingPackages },
      ],
      "no-restricted-globals": globalEffects,
    },
  },
  {
    files: ["gitops/**", "synthesis/**", "policy/**", "capacity/**"],
    rules: { "no-restricted-imports": ["error", { patterns: noCdktf }] },
  },
  {
    files: ["scripts/provision/**"],
    ignores: ["scripts/provision/world/**"],
    rules: {
      ...noClockNorChance,
      "no-restricted-imports": ["error", { patterns: noCdktf }],
      "@typescript-eslint/no-restricted-imports": [
        "error",
        { paths: [...deepImportsOnly, ...sideEffects, ...randomness], patterns: talkingPackages },
      ],
      "no-restricted-globals": globalEffects,
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
  { files: ["**/*.mjs", "**/*.cjs"], ...tseslint.configs.disableTypeChecked },
  {
    files: ["**/*.cjs"],
    languageOptions: { globals: { module: "writable", exports: "writable", require: "readonly" } },
    rules: { "@typescript-eslint/no-require-imports": "off" },
  },
);
