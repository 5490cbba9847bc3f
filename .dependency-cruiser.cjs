/**
 * Who may import whom. `npm run lint` checks it; docs/decisions/0010-import-rules.md says why.
 * Type-only imports count: a room that knows the type of a higher one cannot be read, or moved, without it.
 */
const rooms = "scripts/provision";

/** A room imports the rooms named here, lib/, and synthesis/, which stands on lib/ alone; files flat in scripts/provision are above all rooms. */
const belowRoom = {
  world: [],
  "command-line": ["world"],
  screen: ["world"],
  run: ["command-line", "screen", "world"],
  terraform: ["run", "command-line", "screen", "world"],
  aws: ["run", "command-line", "screen", "world"],
  bootstrap: ["terraform", "aws", "run", "command-line", "screen", "world"],
  tunnel: ["terraform", "aws", "run", "command-line", "screen", "world"],
  kubernetes: ["tunnel", "terraform", "aws", "run", "command-line", "screen", "world"],
  "plan-view": ["terraform", "run", "command-line", "screen", "world"],
  runner: ["plan-view", "terraform", "aws", "run", "command-line", "screen", "world"],
};

/** Folders of the repository, and the folders that each may import besides itself. */
const belowFolder = {
  lib: [],
  synthesis: ["lib"],
  gitops: ["lib", "synthesis"],
  modules: ["lib", "gitops"],
  policy: ["synthesis", "lib"],
  capacity: ["synthesis", "lib"],
  rehearsal: [],
};

const roomNames = [...Object.keys(belowRoom), "commands"];
const any = (paths) => `^(${paths.join("|")})(/|\\.|$)`;

const folderRules = Object.entries(belowFolder).map(([folder, below]) => ({
  name: `${folder}-imports-what-is-below-it`,
  comment: `${folder}/ may import ${["itself", ...below].join(", ")}`,
  severity: "error",
  // The tests of the rehearsal use what tests use.
  from: { path: `^${folder}/`, pathNot: "^rehearsal/test/" },
  to: { pathNot: [any([folder, ...below]), "node_modules"], dependencyTypesNot: ["core"] },
}));

const roomRules = Object.entries(belowRoom).map(([room, below]) => ({
  name: `${room}-imports-what-is-below-it`,
  comment: `${rooms}/${room}/ may import ${["itself", "lib", "synthesis", ...below].join(", ")}`,
  severity: "error",
  // The real world starts the product's other parts: synthesis and simulated account.
  from: { path: `^${rooms}/${room}/`, pathNot: `^${rooms}/world/product\\.ts$` },
  to: {
    pathNot: [
      any(["lib", "synthesis", ...[room, ...below].map((name) => `${rooms}/${name}`)]),
      "node_modules",
    ],
    dependencyTypesNot: ["core"],
  },
}));

module.exports = {
  forbidden: [
    ...folderRules,
    ...roomRules,
    {
      name: "commands-import-rooms-and-what-computes",
      comment:
        "commands import rooms, lib/, synthesis/, policy/, capacity/ and gitops/; neither layers nor the files that start them",
      severity: "error",
      from: { path: `^${rooms}/commands/` },
      to: {
        pathNot: [
          any([
            "lib",
            "synthesis",
            "policy",
            "capacity",
            "gitops",
            ...roomNames.map((name) => `${rooms}/${name}`),
          ]),
          "node_modules",
          "^package\\.json$",
        ],
        dependencyTypesNot: ["core"],
      },
    },
    {
      name: "the-real-world-is-chosen-at-the-entry",
      comment: "everybody else is handed a World, and imports its interfaces from world/index.ts",
      severity: "error",
      from: { pathNot: [`^${rooms}/world/`, "^scripts/provision\\.ts$", "^test/"] },
      to: { path: `^${rooms}/world/`, pathNot: `^${rooms}/world/index\\.ts$` },
    },
    {
      name: "a-layer-does-not-know-the-list",
      severity: "error",
      from: { path: "^modules/[^/]+/" },
      to: { path: "^modules/index\\.ts$" },
    },
    {
      name: "a-command-is-imported-by-its-index",
      comment: "a command that composes others imports their index.ts alone",
      severity: "error",
      from: { path: `^${rooms}/commands/([^/]+)/` },
      to: { path: `^${rooms}/commands/[^/]+/`, pathNot: [`^${rooms}/commands/$1/`, "/index\\.ts$"] },
    },
    {
      name: "a-one-file-command-imports-others-by-their-index",
      comment: "a command that composes others imports their index.ts alone",
      severity: "error",
      from: { path: `^${rooms}/commands/[^/]+\\.ts$`, pathNot: `^${rooms}/commands/index\\.ts$` },
      to: { path: `^${rooms}/commands/[^/]+/`, pathNot: "/index\\.ts$" },
    },
    {
      name: "main-is-below-scripts",
      comment: "main.ts imports lib/ and modules/",
      severity: "error",
      from: { path: "^main\\.ts$" },
      to: { pathNot: ["^(lib|modules)/", "node_modules"], dependencyTypesNot: ["core"] },
    },
    {
      name: "a-layer-is-imported-by-its-declaration",
      comment: "a layer imports of another layer layer.ts alone, and only as a need",
      severity: "error",
      from: { path: "^modules/([^/]+)/" },
      to: { path: "^modules/[^/]+/", pathNot: ["^modules/$1/", "^modules/[^/]+/layer\\.ts$"] },
    },
    {
      name: "rooms-of-lib-stand-on-layer",
      comment: "lib/constructs, lib/environment and lib/aws-facts import lib/layer, never the reverse",
      severity: "error",
      from: { path: "^lib/layer/" },
      to: { path: "^lib/(constructs|environment|aws-facts)/" },
    },
    {
      name: "rooms-of-lib-are-apart",
      comment: "lib/constructs, lib/environment and lib/aws-facts do not import each other",
      severity: "error",
      from: { path: "^lib/(constructs|environment|aws-facts)/" },
      to: { path: "^lib/(constructs|environment|aws-facts)/", pathNot: "^lib/$1/" },
    },
    {
      name: "nothing-imports-tests",
      severity: "error",
      // How the tests are run is configured by files beside package.json.
      from: { pathNot: "(^|/)test/|^vitest\\..*config\\.mts$" },
      to: { path: "(^|/)test/" },
    },
    {
      name: "one-table",
      comment: "lib/table.ts draws every table",
      severity: "error",
      from: { pathNot: "^lib/table\\.ts$" },
      to: { path: "(^|/)node_modules/cli-table3/" },
    },
    {
      name: "no-cycles",
      comment: "a declaration that loads its handler lazily may be imported by it, for its types",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["dynamic-import"] } },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(cdktf\\.out|\\.provision|coverage)" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      // Node's own, and what packages say to compilers.
      conditionNames: ["require", "import", "node", "default", "types"],
    },
  },
};
