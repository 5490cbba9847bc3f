import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import lock from "../../package-lock.json";
import { commandOf, readArguments, usage } from "../../scripts/release/arguments";
import { builderOf } from "../../scripts/release/builder";
import { sha256 } from "../../scripts/release/digests";
import { unreleasedEntries } from "../../scripts/release/make";
import { noticesOf } from "../../scripts/release/notices";
import { provenance, statementOf } from "../../scripts/release/provenance";
import { reproducible } from "../../scripts/release/sbom";
import { shrinkwrapOf } from "../../scripts/release/shrinkwrap";
import { steps } from "../../scripts/release/steps";
import { assertTools } from "../../scripts/release/tools";

test.each([
  ["", ["image", "package"], undefined],
  ["--only package", ["package"], undefined],
  ["--only image", ["image"], undefined],
  ["--without-image --key a.key", ["package", "signature"], "a.key"],
])("npm run release -- %s makes what it asks for", (line, parts, key) => {
  const order = readArguments(line.split(" ").filter(Boolean));
  expect([...(order?.parts ?? [])].sort()).toEqual(parts);
  expect(order?.key).toBe(key);
});

test.each([
  ["", ["amd64", "arm64"]],
  ["--platform linux/arm64", ["arm64"]],
  ["--platform linux/arm64 --platform linux/amd64", ["amd64", "arm64"]],
])("npm run release -- %s makes the image for these architectures", (line, architectures) => {
  expect(readArguments(line.split(" ").filter(Boolean))?.architectures).toEqual(architectures);
});

test.each([
  [
    "--platform linux/riscv64",
    "there is no image for linux/riscv64",
    "Specify --platform linux/amd64 or linux/arm64",
  ],
  ["--only docs", '"docs" is not a part of it', "Specify --only package or --only image"],
  ["--only image --without-image", "--only image and --without-image leave nothing", "Specify one of them"],
  ["--pasword x", "Unknown option '--pasword'", "See npm run release -- --help"],
])("%s is refused", (line, truth, hint) => {
  expect(() => readArguments(line.split(" "))).toThrow(
    expect.objectContaining({ message: `Cannot make the release: ${truth}`, hint, exitCode: 64 }),
  );
});

test("--help asks for nothing else, and names every option", () => {
  expect(readArguments(["--only", "image", "--help"])).toBeUndefined();
  for (const option of [
    "--only",
    "--without-image",
    "--key <",
    "--platform <",
    "SOURCE_DATE_EPOCH",
    "COSIGN_PASSWORD",
  ])
    expect(usage).toContain(option);
});

test("every program that is missing is told at once, with what to install", () => {
  const lacks = (name: string) => ({ name, install: `the ${name} package` });
  const step = { name: "a", summary: "", tools: [lacks("no-such-1")], run: () => undefined };
  const other = { ...step, tools: [lacks("no-such-2"), { name: "node", install: "Node" }] };
  expect(() => {
    assertTools([step, other], []);
  }).toThrow(
    expect.objectContaining({
      message: "Cannot make the release: this machine lacks no-such-1, no-such-2",
      hint: "Install the no-such-1 package; the no-such-2 package; or leave out what needs it, see npm run release -- --help",
    }),
  );
});

test("what describes the other files is made after them", () => {
  const names = steps.map(({ name }) => name);
  expect(names.slice(-3)).toEqual(["provenance", "checksums", "signature"]);
});

test("the lock of the package has no development dependency, and an address and a checksum of every other", () => {
  const packages = Object.entries(shrinkwrapOf(lock).packages);
  const names = packages.map(([folder]) => folder);
  expect(names).toContain("node_modules/typescript");
  expect(names).not.toContain("node_modules/vitest");
  expect(packages[0]?.[1]).not.toHaveProperty("devDependencies.vitest");
  // As far as npm can do it for a package that is installed from a file.
  expect(packages[0]?.[1].dependencies).toMatchObject({ "undici-types": "6.21.0", "@swc/core": "1.16.18" });
  expect(packages[0]?.[1].dependencies).not.toHaveProperty("@swc/core-linux-x64-gnu");
  const fetched = packages.filter(([folder, { inBundle }]) => folder !== "" && inBundle !== true);
  expect(fetched.length).toBeGreaterThan(150);
  for (const [, { integrity, resolved }] of fetched) {
    expect(integrity).toMatch(/^sha512-/);
    expect(resolved).toMatch(/^https:\/\/registry\.npmjs\.org\/.+\.tgz$/);
  }
});

test("an alias is fetched by the name that it stands for, and a scope is no part of the file's name", () => {
  const of = (folder: string, name?: string) =>
    shrinkwrapOf({
      packages: {
        "": { version: "1.0.0" },
        [folder]: { version: "2.0.0", integrity: "sha512-x", ...(name ? { name } : {}) },
      },
    }).packages[folder]?.resolved;
  expect(of("node_modules/wrap-cjs", "wrap")).toBe("https://registry.npmjs.org/wrap/-/wrap-2.0.0.tgz");
  expect(of("node_modules/a/node_modules/@s/b")).toBe("https://registry.npmjs.org/@s/b/-/b-2.0.0.tgz");
});

test("a package without a checksum cannot be released", () => {
  const packages = { "": { version: "1.0.0" }, "node_modules/a": { version: "2.0.0" } };
  expect(() => shrinkwrapOf({ packages })).toThrow("package-lock.json has no checksum of a 2.0.0");
});

test("a bill of materials has the release's time, and a serial number of its content", () => {
  const of = (name: string) =>
    reproducible({ name, serialNumber: "urn:uuid:random", metadata: { timestamp: "now" } }, 1_700_000_000);
  expect(of("a").metadata.timestamp).toBe("2023-11-14T22:13:20.000Z");
  expect(of("a")).toEqual(of("a"));
  expect(of("a").serialNumber).not.toBe(of("b").serialNumber);
  // https://www.rfc-editor.org/rfc/rfc9562
  expect(of("a").serialNumber).toMatch(
    /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
  );
});

describe("licence notices", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "notices-"));
    for (const name of ["a", "b"]) {
      mkdirSync(join(folder, "node_modules", name), { recursive: true });
      writeFileSync(join(folder, "node_modules", name, "LICENSE.md"), "Do as you like.\r\n");
    }
    writeFileSync(join(folder, "node_modules/b/NOTICE"), "Made by B.");
    mkdirSync(join(folder, "node_modules/c"));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });
  const entry = (name: string, license?: string) =>
    [`node_modules/${name}`, { version: "1.0.0", ...(license === undefined ? {} : { license }) }] as const;

  test("have each text once, with the packages that it is of", () => {
    const text = noticesOf(folder, [entry("a", "MIT"), entry("b", "MIT"), entry("c", "ISC")]);
    expect(text).toContain("a 1.0.0 (MIT)\nb 1.0.0 (MIT)\n\nDo as you like.\n");
    expect(text).toContain("b 1.0.0 (MIT)\n\nMade by B.\n");
    expect(text).toContain(
      "c 1.0.0 (ISC)\n\nNo file with a licence is in these packages; they declare the licence above.",
    );
  });

  test("fail for a package that has neither a file nor a declaration", () => {
    expect(() => noticesOf(folder, [entry("c")])).toThrow("The package c 1.0.0 has no licence");
  });
});

test.each([
  [[], "npm run release"],
  [["--without-image", "--key", "aws://key"], "npm run release -- --only package"],
  [
    ["--only", "image", "--platform", "linux/arm64"],
    "npm run release -- --only image --platform linux/arm64",
  ],
  [["--platform", "linux/arm64", "--platform", "linux/amd64"], "npm run release"],
])("of %j, provenance has the command that makes the same files", (args, command) => {
  const order = readArguments(args);
  expect(order && commandOf(order)).toBe(command);
});

test.each([
  ["## Unreleased\n\n### Added\n\n- A.\n\n## 0.2.0 - 2026-01-01\n", true],
  ["## Unreleased\n\n## 0.2.0 - 2026-01-01\n\n- A.\n", false],
  ["## 0.2.0 - 2026-01-01\n\n- A.\n", false],
])("entries of the changelog without a version are told: %j", (changelog, told) => {
  expect(unreleasedEntries(`# Changelog\n\n${changelog}`) !== undefined).toBe(told);
});

describe("provenance", () => {
  const release = { name: "edge-orchestrator-aws", version: "1.0.0", commit: "c".repeat(40), epoch: 1 };

  test("of a build on any machine claims neither a time nor a place", () => {
    const statement = statementOf(
      release,
      [],
      builderOf({ HOME: "/home/op", HOSTNAME: "desk-7" }, "npm run release"),
    );
    expect(statement).toMatchObject({
      _type: "https://in-toto.io/Statement/v1",
      predicateType: "https://slsa.dev/provenance/v1",
      predicate: {
        buildDefinition: {
          externalParameters: { command: "npm run release" },
          resolvedDependencies: [{ digest: { gitCommit: release.commit } }],
        },
        runDetails: { builder: { id: "urn:edge-orchestrator-aws:local-build" } },
      },
    });
    expect(JSON.stringify(statement)).not.toMatch(/home|desk-7/);
  });

  test("of a run of GitHub names the workflow, the run and who owns the machine", () => {
    const variables = {
      GITHUB_ACTIONS: "true",
      GITHUB_SERVER_URL: "https://github.com",
      GITHUB_REPOSITORY: "o/r",
      GITHUB_WORKFLOW_REF: "o/r/.github/workflows/release.yml@refs/tags/v1.0.0",
      GITHUB_REF: "refs/tags/v1.0.0",
      GITHUB_RUN_ID: "7",
      GITHUB_RUN_ATTEMPT: "2",
      RUNNER_ENVIRONMENT: "github-hosted",
    };
    expect(statementOf(release, [], builderOf(variables, "npm run release"))).toMatchObject({
      predicate: {
        buildDefinition: {
          buildType: "https://actions.github.io/buildtypes/workflow/v1",
          externalParameters: {
            workflow: {
              ref: "refs/tags/v1.0.0",
              repository: "https://github.com/o/r",
              path: ".github/workflows/release.yml",
            },
          },
          resolvedDependencies: [{ uri: "git+https://github.com/o/r@refs/tags/v1.0.0" }],
        },
        runDetails: {
          builder: { id: "https://github.com/actions/runner/github-hosted" },
          metadata: { invocationId: "https://github.com/o/r/actions/runs/7/attempts/2" },
        },
      },
    });
    expect(
      builderOf({ ...variables, RUNNER_ENVIRONMENT: "self-hosted" }, "npm run release").runDetails,
    ).toMatchObject({
      builder: { id: "https://github.com/actions/runner/self-hosted" },
    });
  });

  test("has every file, and the images by the digests of their manifests, as subjects", async () => {
    const out = mkdtempSync(join(tmpdir(), "subjects-"));
    const digest = "d".repeat(64);
    writeFileSync(join(out, "image-digests.txt"), `sha256:${digest} linux/arm64\n`);
    writeFileSync(join(out, "SHA256SUMS"), "made later, of the provenance too");
    await provenance.run({
      ...release,
      out,
      sources: out,
      scratch: out,
      key: undefined,
      architectures: [],
      command: "",
    });
    // As in-toto's specification has it.
    const { subject } = JSON.parse(
      readFileSync(join(out, "edge-orchestrator-aws-1.0.0.provenance.json"), "utf8"),
    ) as { subject: object };
    rmSync(out, { recursive: true });
    expect(subject).toEqual([
      { name: "image-digests.txt", digest: { sha256: sha256(`sha256:${digest} linux/arm64\n`) } },
      { name: "edge-orchestrator-aws:1.0.0 linux/arm64", digest: { sha256: digest } },
    ]);
  });
});
