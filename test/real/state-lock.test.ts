import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parse, stringify } from "yaml";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { RawEnvironment } from "../synth";
import { signedRequest, type Moto, startMoto } from "./moto";
import { provision } from "./provision";
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
    const file = sharedEnvironment(scratch);
    const apply = ["apply", "--env", file, "--only", "slow", "--yes"];
    const first = provision(scratch, variables, ...apply);
    await locked();

    const other = join(scratch, "other");
    const second = await provision(other, variables, ...apply);
    expect(second.code, second.output).toBe(5);
    expect(second.output).toMatch(/Cannot apply "slow": .*locked by \S+@\S+ since \d{4}-\d\d-\d\d/);
    expect(second.output).toMatch(/force-unlock [0-9a-f-]{36}/);

    writeFileSync(enough(scratch), "");
    expect((await first).code, (await first).output).toBe(0);
    const third = await provision(other, variables, ...apply);
    expect(third.code, third.output).toBe(0);
  });
});

/** The file that ends the first writer's apply. */
function enough(folder: string): string {
  return join(folder, "enough");
}

/** An environment in a shared bucket, with a slow layer of its own. */
function sharedEnvironment(folder: string): string {
  const raw: RawEnvironment = parse(readFileSync(resolve(__dirname, "../../configs/dev.yaml"), "utf8"));
  raw.state = { bucket, region: "us-west-2", existing: true };
  raw.extensions = [join(__dirname, "slow-layer.ts")];
  raw.layers["slow"] = { until: enough(folder) };
  const file = join(folder, "dev.yaml");
  writeFileSync(file, stringify(raw));
  return file;
}

/** Waits until the first writer holds the lock. */
async function locked(): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    const lock = await signedRequest(`${moto.url}/${bucket}/us-west-2/slow/dev.tflock`, "s3");
    if (lock.ok && (await lock.text()).includes("OperationTypeApply")) return;
    await sleep(100);
  }
  throw new Error("The first writer never took the lock for its apply");
}
