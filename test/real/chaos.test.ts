import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runCommand } from "./command";
import { missing } from "./tools";

const because = missing("terraform");
const root = resolve(__dirname, "../..");
const tsNode = join(root, "node_modules/ts-node/dist/bin.js");
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
    const program = [tsNode, "scripts/chaos.ts", "--folder", scratch];
    const cases = ["--seed", "1", "--runs", String(kinds.length), "--layers", "s3-backend,kms"];
    const command = { program: process.execPath, folder: root, variables: {} };
    const { code, output } = await runCommand(
      command,
      ...[...program, ...cases, ...kinds.flatMap((kind) => ["--only", kind])],
    );
    expect(output).toContain("\nhealed=4, orphans=0, locks=0, lost=0, replaced=0\n");
    expect(code, output).toBe(0);
  });

  test("find a folder read-only at once, also while somebody writes into it", async () => {
    const folder = join(scratch, "written");
    for (const name of [".provision", "cdktf.out"]) mkdirSync(join(folder, name), { recursive: true });
    const tenTimes = `
      import { writeFileSync } from "node:fs";
      import { lockFolder } from "./scripts/chaos/disk";
      const write = () => writeFileSync("${folder}/.provision/mine", "");
      for (let turn = 0; turn < 10; turn++) {
        const mended = lockFolder("${folder}");
        try { write(); } catch (error) { console.log(String(error)); }
        mended();
        write();
      }`;
    const beside = `while :; do echo line > '${folder}/.provision/log'; done 2>/dev/null & "$@"; code=$?; kill $!; exit $code`;
    const words = ["-Urm", "sh", "-c", beside, "sh", process.execPath, tsNode, "-e", tenTimes];
    const command = { program: "unshare", folder: root, variables: {} };
    const { code, output } = await runCommand(command, ...words);
    expect(output.match(/^Error: EROFS/gm), output).toHaveLength(10);
    expect(code, output).toBe(0);
  });
});
