import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { runCommand } from "./command";
import { missing } from "./tools";

const because = missing("terraform");
const root = resolve(__dirname, "../..");
const tsNode = join(root, "node_modules/ts-node/dist/bin.js");

test.skipIf(because !== undefined)(
  `the pictures of the README are what a terminal shows today, colours included ${because ?? ""}`,
  async () => {
    const check = { program: process.execPath, folder: root, variables: {} };
    const { code, output } = await runCommand(check, tsNode, "scripts/pictures.ts", "--check");
    expect(output).not.toContain("Stale");
    expect(code).toBe(0);
  },
);
