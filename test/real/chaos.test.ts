import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runCommand } from "./command";
import { missing } from "./tools";

const because = missing("terraform");
const root = resolve(__dirname, "../..");
/** One of each class: a signal, a kill, the state bucket, the disk. */
const kinds = ["int-2", "kill-wrapper", "answers-503", "read-only"];

let scratch: string;

describe.skipIf(because !== undefined)(`runs that are disturbed ${because ?? ""}`, () => {
  beforeAll(() => {
    scratch = mkdtempSync(join(tmpdir(), "chaos-"));
  });
  afterAll(() => {
    rmSync(scratch, { recursive: true });
  });

  test("heal, one of each class, by what their messages say", async () => {
    const program = ["node_modules/ts-node/dist/bin.js", "scripts/chaos.ts", "--folder", scratch];
    const cases = ["--seed", "1", "--runs", String(kinds.length), "--layers", "s3-backend,kms"];
    const command = { program: process.execPath, folder: root, variables: {} };
    const { code, output } = await runCommand(
      command,
      ...[...program, ...cases, ...kinds.flatMap((kind) => ["--only", kind])],
    );
    expect(output).toContain("\nhealed=4, orphans=0, locks=0, lost=0, replaced=0\n");
    expect(code, output).toBe(0);
  });
});
