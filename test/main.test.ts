import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { synthesiseForCdktf } from "../main";
import { layers } from "../modules";

const scratch = mkdtempSync(join(tmpdir(), "main-"));
afterAll(() => {
  rmSync(scratch, { recursive: true });
});

/** What cdktf runs, and what it would end with. */
function synthesised(variables: Readonly<Record<string, string>>): unknown {
  try {
    synthesiseForCdktf(variables);
  } catch (error) {
    return error;
  }
  return undefined;
}

describe("the synthesis of cdktf", () => {
  test("writes every layer of the environment that the variable names", () => {
    const outdir = join(scratch, "dev");
    expect(synthesised({ ORCHESTRATOR_ENV: "dev", CDKTF_OUTDIR: outdir })).toBeUndefined();
    expect(readdirSync(join(outdir, "stacks")).sort()).toEqual(layers.map(({ name }) => name).sort());
  });

  test("writes the layers of extensions too", () => {
    const file = join(scratch, "extended.yaml");
    const extension = join(scratch, "garden.cjs");
    writeFileSync(
      extension,
      `exports.layer = { name: "garden", summary: "A layer from outside", needs: {}, outputs: {},
      settings: require(${JSON.stringify(require.resolve("zod"))}).strictObject({}), build: () => ({}) };`,
    );
    const dev = readFileSync("configs/dev.yaml", "utf8").replace("name: dev", "name: extended");
    writeFileSync(file, `${dev}extensions: [${extension}]\n`);
    const outdir = join(scratch, "extended");
    expect(synthesised({ ORCHESTRATOR_ENV: file, CDKTF_OUTDIR: outdir })).toBeUndefined();
    expect(readdirSync(join(outdir, "stacks"))).toContain("garden");
  });

  test("says why a folder cannot be written, and ends", () => {
    const file = join(scratch, "taken.yaml");
    writeFileSync(file, readFileSync("configs/dev.yaml", "utf8").replace("name: dev", "name: taken"));
    writeFileSync(join(scratch, "taken"), "");
    const outdir = join(scratch, "taken");
    expect(synthesised({ ORCHESTRATOR_ENV: file, CDKTF_OUTDIR: outdir })).toMatchObject({
      message: `Cannot write "${outdir}": a part of the path is a file, not a folder`,
      hint: "Choose a path below a folder",
    });
  });

  test("requires an environment", () => {
    expect(synthesised({})).toMatchObject({
      message: "Cannot synthesise: no environment is specified",
      hint: "Run: ORCHESTRATOR_ENV=dev npx cdktf synth --output cdktf.out/dev",
    });
  });

  test("suggests the environment that was meant, as the variable names it", () => {
    expect(synthesised({ ORCHESTRATOR_ENV: "dve" })).toMatchObject({
      message: expect.stringMatching(
        /^Cannot read environment "dve": there is no file configs\/dve.yaml; there are: /,
      ) as string,
      // Or an environment that a user has added, whose name is closer.
      hint: expect.stringMatching(
        /^Did you mean ORCHESTRATOR_ENV=[\w-]+\? To create "dve", run: npx ts-node scripts\/provision.ts init --env dve$/,
      ) as string,
      exitCode: 3,
    });
  });

  test("refuses the output directory of another environment, and writes nothing there", () => {
    const outdir = join(scratch, "prod");
    expect(synthesised({ ORCHESTRATOR_ENV: "configs/dev.yaml", CDKTF_OUTDIR: outdir })).toMatchObject({
      message: `Cannot synthesise "dev" into "${outdir}": each environment needs a separate output directory`,
      hint: "Run: ORCHESTRATOR_ENV=dev npx cdktf synth --output cdktf.out/dev",
    });
    expect(existsSync(outdir)).toBe(false);
  });
});
