import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { startRehearsal } from "../index";

const directory = mkdtempSync(join(tmpdir(), "start-"));
const listening = () => process.getActiveResourcesInfo().filter((kind) => kind === "TCPServerWrap").length;

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(directory, { recursive: true });
});

test("a rehearsal that cannot start leaves nothing that would keep the process from ending", async () => {
  const before = listening();
  vi.stubEnv("TMPDIR", join(directory, "missing"));
  const options = { directory, account: "123456789012", region: "us-west-2", partition: "aws" };
  await expect(startRehearsal(options)).rejects.toThrow("ENOENT");
  await vi.waitUntil(() => listening() <= before, 5000);
});
