import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { commands as everyCommand } from "../../scripts/provision/commands/index";
import { lockInBucket } from "../../scripts/provision/aws/lock-store";
import { environmentLockOf } from "../../scripts/provision/runner/environment-lock";
import { Events } from "../../scripts/provision/run/events";
import { readLock } from "../../scripts/provision/run/lock-document";
import type { Run } from "../../scripts/provision/run/run";
import type { World } from "../../scripts/provision/world/index";
import { realWorld } from "../../scripts/provision/world/real";
import { createBucket, type Moto, startMoto } from "./moto";
import { missing } from "./tools";

const because = missing("moto");
const bucket = "123456789012-lock-state";

let scratch: string;
let moto: Moto;
let world: World;

/** What the lock needs of a run against the emulator. */
function runIn(name: string, state = bucket): Run {
  const environment = { name, account: "123456789012", region: "us-west-2", partition: "aws" };
  // The lock reads no more of a run than this.
  return {
    world,
    events: new Events(),
    environment: moto.variables,
    loaded: {
      environment: { ...environment, state: { bucket: state, region: "us-west-2", existing: true } },
    },
    request: { command: "apply", env: name, rehearse: false, commands: [] },
    layers: [],
    interrupts: { draining: false },
  } as unknown as Run;
}

const identity = (user: string) => ({
  ...{ run: `20260101T090000Z-${user}`, user, host: "somewhere", pid: 1, command: "apply --env prod" },
});

describe.skipIf(because !== undefined)(
  `the lock of an environment in an emulated S3 ${because ?? ""}`,
  () => {
    beforeAll(async () => {
      scratch = mkdtempSync(join(tmpdir(), "environment-lock-"));
      world = realWorld(scratch);
      moto = await startMoto();
      await createBucket(moto.url, bucket);
    });
    afterAll(() => {
      moto.stop();
      rmSync(scratch, { recursive: true });
    });

    test("is created once, and replaced by whoever has seen its last version only", async () => {
      const [one, other] = [lockInBucket(runIn("conditions")), lockInBucket(runIn("conditions"))];
      const first = await one.create("first");
      expect(first.kind).toBe("written");
      expect(await other.create("second")).toEqual({ kind: "conflict" });
      const found = await other.read();
      expect(found).toMatchObject({
        kind: "found",
        text: "first",
        etag: first.kind === "written" && first.etag,
      });
      // By the clock of the server alone: both headers are its own.
      expect(found.kind === "found" && found.ageSeconds).toBeLessThan(10);
      expect(found.kind === "found" && found.ageSeconds).toBeGreaterThanOrEqual(0);
      const etag = found.kind === "found" ? found.etag : "";
      expect((await other.replace("second", etag)).kind).toBe("written");
      expect(await one.replace("third", etag)).toEqual({ kind: "conflict" });
    });

    test("is not there without a bucket", async () => {
      const store = lockInBucket(runIn("nowhere", "123456789012-no-such-bucket"));
      expect(await store.create("first")).toEqual({ kind: "no bucket" });
      expect(await store.read()).toEqual({ kind: "no bucket" });
      expect(await lockInBucket(runIn("nothing")).replace("text", '"0"')).toEqual({ kind: "conflict" });
    });

    test("of jobs with one id is the next one's when its holder ends, and free after the last one", async () => {
      const [audit, vpc] = ["audit", "vpc"].map((user) => {
        const run = runIn("jobs");
        Object.assign(run.request, { commands: everyCommand });
        return environmentLockOf(run, { ...identity(user), runId: "4711" });
      });
      const stored = async () => {
        const found = await lockInBucket(runIn("jobs")).read();
        return found.kind === "found" ? readLock(found.text) : undefined;
      };
      await audit?.take();
      await vpc?.take();
      await audit?.confirm("audit");
      expect(await stored()).toMatchObject({ user: "audit", layer: "audit", joined: [{ user: "vpc" }] });
      await audit?.release();
      expect(await stored()).toMatchObject({ kind: "held", user: "vpc", joined: [] });
      await vpc?.confirm("vpc");
      await vpc?.release();
      expect(await stored()).toMatchObject({ kind: "released", user: "vpc", layer: "vpc" });
    });

    test("of five runs at once is one's; after its end, another's; and is lost to who replaces it", async () => {
      const runs = ["anna", "bert", "cleo", "dora", "emil"].map((user) => {
        const run = runIn("prod");
        Object.assign(run.request, { commands: everyCommand });
        return environmentLockOf(run, identity(user));
      });
      const ends = await Promise.allSettled(runs.map((lock) => lock.take()));
      const winner = ends.findIndex(({ status }) => status === "fulfilled");
      expect(ends.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
      for (const end of ends)
        if (end.status === "rejected")
          expect(String(end.reason)).toMatch(/it is locked: \w+ on "somewhere" \(process 1\)/);
      await runs[winner]?.confirm("vpc");
      const store = lockInBucket(runIn("prod"));
      const found = await store.read();
      expect(found.kind === "found" && readLock(found.text)).toMatchObject({ kind: "held", layer: "vpc" });
      await runs[winner]?.release();
      const next = runs[(winner + 1) % 5];
      await next?.take();
      const taken = await store.read();
      if (taken.kind === "found") await store.replace(taken.text.replace('"held"', '"released"'), taken.etag);
      await expect(next?.confirm("vpc")).rejects.toThrow("somebody has unlocked it");
      await Promise.all(runs.map((lock) => lock.release()));
    });
  },
);
