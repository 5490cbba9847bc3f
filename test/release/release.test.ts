import { expect, test } from "vitest";
import lock from "../../package-lock.json";
import { readArguments, usage } from "../../scripts/release/arguments";
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
  for (const option of ["--only", "--without-image", "--key", "SOURCE_DATE_EPOCH", "COSIGN_PASSWORD"])
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
  expect(names.slice(-2)).toEqual(["checksums", "signature"]);
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
