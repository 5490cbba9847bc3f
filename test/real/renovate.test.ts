import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Ajv } from "ajv";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import renovate from "../../renovate.json";
import { missing } from "./tools";

const because = missing("npmRegistry");
let scratch: string;

beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), "renovate-"));
});

afterAll(() => {
  rmSync(scratch, { recursive: true });
});

/** Renovate's own validator needs Node 24; its package also holds the schema. */
function schemaOfRenovate(): object {
  execFileSync("npm", ["pack", "--silent", "renovate@44.121.2"], { cwd: scratch });
  const archive = "renovate-44.121.2.tgz";
  execFileSync("tar", ["-xzf", archive, "package/renovate-schema.json"], { cwd: scratch });
  // It is an object, as every schema with keywords.
  return JSON.parse(readFileSync(join(scratch, "package/renovate-schema.json"), "utf8")) as object;
}

describe.skipIf(because !== undefined)(`renovate.json ${because ?? ""}`, () => {
  test("is valid by Renovate's schema, which finds a wrong value", () => {
    const validate = new Ajv({ strict: false, validateFormats: false }).compile(schemaOfRenovate());
    expect(validate(renovate), JSON.stringify(validate.errors)).toBe(true);
    expect(validate({ ...renovate, packageRules: [{ enabled: "no" }] })).toBe(false);
  });
});
