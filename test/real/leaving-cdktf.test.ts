import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { parse, stringify } from "yaml";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import packageJson from "../../package.json";
import { environmentFiles, type EnvironmentName } from "../environments/files";
import { credentialFiles, switchEverythingOn } from "../everything-on";
import type { RawEnvironment } from "../synth";
import { installOther, type Packages, synthesisedIn } from "./other-packages";
import { missing } from "./tools";

const root = resolve(__dirname, "../..");
const because = missing("npmRegistry");

const { cdktf, constructs, ...others } = packageJson.dependencies;
const bindings = Object.fromEntries(
  Object.entries(others).filter(([name]) => name.startsWith("@cdktf/provider-")),
);
/** The recipe of docs/decisions/0001-stay-on-cdktf.md. */
const fork: Packages = {
  dependencies: { ...bindings, cdktf: "npm:cdktn@0.24.0", constructs: "10.6.0" },
  overrides: Object.fromEntries(Object.keys(bindings).map((name) => [name, { cdktf: "$cdktf" }])),
};
const newerBindings: Packages = {
  dependencies: { ...bindings, cdktf, constructs, "@cdktf/provider-aws": "21.22.1" },
};

let scratch: string;
let files: readonly string[];
let ours: ReadonlyMap<string, string>;

beforeAll(async () => {
  if (because !== undefined) return;
  scratch = mkdtempSync(join(tmpdir(), "leaving-cdktf-"));
  for (const [path, text] of Object.entries(credentialFiles)) {
    mkdirSync(dirname(join(scratch, path)), { recursive: true });
    writeFileSync(join(scratch, path), text);
  }
  const everything = environment("example", (raw) => {
    raw.name = "everything";
    switchEverythingOn(raw);
  });
  files = [environment("dev"), environment("prod"), everything];
  ours = await synthesisedIn(root, files, join(scratch, "ours"));
});

afterAll(() => {
  if (because === undefined) rmSync(scratch, { recursive: true });
});

function environment(of: EnvironmentName, edit: (raw: RawEnvironment) => void = () => undefined): string {
  const raw: RawEnvironment = parse(readFileSync(join(root, environmentFiles[of]), "utf8"));
  edit(raw);
  const file = join(scratch, `${String(raw.name)}.yaml`);
  writeFileSync(file, stringify(raw));
  return file;
}

async function synthesisedWith(name: string, packages: Packages): Promise<ReadonlyMap<string, string>> {
  const folder = join(scratch, name);
  await installOther(folder, packages);
  return synthesisedIn(folder, files, join(scratch, `${name}.out`));
}

/** cdktf breaks the line in an empty object or list, the fork does not. */
const oneLineIfEmpty = (text: string) => text.replaceAll(/([[{])\n\s*([\]}])/g, "$1$2");

/** Our JSON as another version would write it; each file has the version once for each use. */
function inVersion(versions: { readonly from: string; readonly to: string }) {
  const line = (version: string) => `"version": "${version}"\n`;
  return new Map(
    [...ours].map(([path, text]) => [path, text.replaceAll(line(versions.from), line(versions.to))]),
  );
}

function differing(expected: ReadonlyMap<string, string>, found: ReadonlyMap<string, string>) {
  return [...new Set([...expected.keys(), ...found.keys()])].filter(
    (path) => oneLineIfEmpty(expected.get(path) ?? "none") !== oneLineIfEmpty(found.get(path) ?? "none"),
  );
}

describe.skipIf(because !== undefined)(`ways out of the archived cdktf ${because ?? ""}`, () => {
  test("its fork writes the same JSON to the byte, but for its version and line breaks in what is empty", async () => {
    const found = await synthesisedWith("fork", fork);
    expect(differing(ours, found).length, "every file names the version").toBe(ours.size);
    expect(differing(inVersion({ from: cdktf, to: "0.24.0" }), found)).toEqual([]);
  });

  test("the last bindings of the AWS provider write the same JSON to the byte, but for the provider's version", async () => {
    const found = await synthesisedWith("newer-bindings", newerBindings);
    expect(differing(ours, found).length, "every file names the version").toBe(ours.size);
    expect(differing(inVersion({ from: "5.100.0", to: "6.25.0" }), found)).toEqual([]);
  });
});
