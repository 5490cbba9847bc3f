import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parse, stringify } from "yaml";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { RawEnvironment } from "../synth";
import { signedRequest, type Moto, startMoto } from "./moto";
import { provision, startProvision } from "./provision";
import { type S3Proxy, startS3Proxy } from "./s3-proxy";
import { realProviders, type Variables } from "./terraform";
import { missing } from "./tools";

const because = missing("terraform", "mirror", "moto");
const bucket = "123456789012-shared-state";

let scratch: string;
let moto: Moto;
let proxy: S3Proxy;
let variables: Variables;

describe.skipIf(because !== undefined)(`state in an emulated S3 ${because ?? ""}`, () => {
  beforeAll(async () => {
    scratch = mkdtempSync(join(tmpdir(), "state-lock-"));
    moto = await startMoto();
    proxy = await startS3Proxy(moto.url);
    variables = { ...moto.variables, ...proxy.variables, ...realProviders(scratch) };
    const created = await signedRequest(`${moto.url}/${bucket}`, "s3", {
      method: "PUT",
      body: "<CreateBucketConfiguration><LocationConstraint>us-west-2</LocationConstraint></CreateBucketConfiguration>",
    });
    expect(created.ok, await created.text()).toBe(true);
  });
  afterAll(() => {
    proxy.stop();
    moto.stop();
    rmSync(scratch, { recursive: true });
  });

  test("lets one of two writers continue, and reports owner and time of the lock to the other", async () => {
    const apply = applySlow("dev");
    const first = provision(scratch, variables, ...apply, "--run-id", "one");
    await locked("dev");

    const other = join(scratch, "other");
    const refused = await provision(other, variables, ...apply);
    expect(refused.code, refused.output).toBe(5);
    expect(refused.output.replace(/\s+/g, " ")).toMatch(
      /it is locked: \S+ on "\S+" \(process \d+\) has run "apply .*" since .*, is at slow, and was last heard from \d+ s ago/,
    );

    // Of one pipeline, so that Terraform's own lock is met.
    const second = await provision(other, variables, ...apply, "--run-id", "one");
    expect(second.code, second.output).toBe(5);
    expect(second.output).toMatch(/Cannot apply "slow": .*locked by \S+@\S+ since \d{4}-\d\d-\d\d/);
    expect(second.output).toMatch(/force-unlock [0-9a-f-]{36}/);

    writeFileSync(enough("dev"), "");
    expect((await first).code, (await first).output).toBe(0);
    const third = await provision(other, variables, ...apply);
    expect(third.code, third.output).toBe(0);
  });

  test("is completed by the Terraform of a run that is killed, for which the next run waits", async () => {
    const apply = applySlow("night");
    const killed = startProvision(scratch, variables, ...apply);
    await locked("night");
    process.kill(killed.pid, "SIGKILL");
    expect((await killed.ended).code).toBeNull();

    const next = startProvision(scratch, variables, ...apply);
    await vi.waitUntil(() => next.said().includes("still at work"), { timeout: 120_000, interval: 200 });
    writeFileSync(enough("night"), "");
    const { code, output } = await next.ended;
    expect(code, output).toBe(0);
    expect(output).toMatch(/still at work: process \d+, "apply -json -input=false layer.tfplan", since/);
    expect(output).toContain("Terraform of a run that was killed has ended after 1 completed change\n");
    expect(output).toMatch(/slow +\| unchanged/);
  });
});

/** The file that ends an apply in this environment. */
function enough(name: string): string {
  return join(scratch, `enough-${name}`);
}

/** Applies the slow layer of an environment in a shared bucket. */
function applySlow(name: string): readonly string[] {
  return ["apply", "--env", sharedEnvironment(name), "--only", "slow", "--yes"];
}

/** An environment in a shared bucket, with a slow layer of its own. */
function sharedEnvironment(name: string): string {
  const raw: RawEnvironment = parse(readFileSync(resolve(__dirname, "../../configs/dev.yaml"), "utf8"));
  raw.name = name;
  raw.state = { bucket, region: "us-west-2", existing: true };
  raw.extensions = [join(__dirname, "slow-layer.ts")];
  raw.layers["slow"] = { until: enough(name) };
  const file = join(scratch, `${name}.yaml`);
  writeFileSync(file, stringify(raw));
  return file;
}

/** Waits until a writer holds the lock. */
async function locked(name: string): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    const lock = await signedRequest(`${moto.url}/${bucket}/us-west-2/slow/${name}.tflock`, "s3");
    if (lock.ok && (await lock.text()).includes("OperationTypeApply")) return;
    await sleep(100);
  }
  throw new Error("The writer never took the lock for its apply");
}
