import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parse, stringify } from "yaml";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { RawEnvironment } from "../synth";
import { createBucket, type Moto, signedRequest, startMoto } from "./moto";
import { provision, startProvision } from "./provision";
import { type S3Proxy, startS3Proxy } from "./s3-proxy";
import { realProviders, type Variables } from "./terraform";
import { missing } from "./tools";

const because = missing("terraform", "mirror", "moto");
const bucket = "123456789012-shared-state";
const state = `${bucket}/us-west-2/kms/keys`;

let scratch: string;
let moto: Moto;
let proxy: S3Proxy;
let variables: Variables;

describe.skipIf(because !== undefined)(`keys on an emulated AWS ${because ?? ""}`, () => {
  beforeAll(async () => {
    scratch = mkdtempSync(join(tmpdir(), "recover-"));
    moto = await startMoto();
    proxy = await startS3Proxy(moto.url);
    variables = { ...moto.variables, ...proxy.variables, ...realProviders(scratch) };
    await createBucket(moto.url, bucket);
  });
  afterAll(() => {
    proxy.stop();
    moto.stop();
    rmSync(scratch, { recursive: true });
  });

  test("that a killed Terraform has created are found by the record and by their tags, and none is created twice", async () => {
    const file = environmentFile();
    const apply = ["apply", "--env", file, "--only", "kms", "--yes"];
    const first = startProvision(scratch, variables, ...apply);
    await vi.waitUntil(async () => (await keys()).length > 0, { timeout: 240_000, interval: 50 });
    process.kill(terraformIn(join(scratch, "cdktf.out/keys/stacks/kms")), "SIGKILL");
    const killed = await first.ended;
    expect(killed.code, killed.output).not.toBe(0);
    const created = await settledKeys();

    // What Terraform's own force-unlock does, which its next command asks for.
    await signedRequest(`${moto.url}/${state}.tflock`, "s3", { method: "DELETE" });
    const refused = await provision(scratch, variables, ...apply);
    expect(refused.code, refused.output).toBe(8);
    const [, hint = ""] =
      /To find and import those that exist, run: .*?provision\.ts (recover .*)$/m.exec(
        refused.output.replaceAll(/\n +/g, " "),
      ) ?? [];
    expect(hint, refused.output).not.toBe("");
    expect(await keys()).toEqual(created);

    const recovered = await provision(scratch, variables, ...hint.split(" "), "--yes");
    expect(recovered.code, recovered.output).toBe(0);
    const applied = await provision(scratch, variables, ...apply);
    expect(applied.code, applied.output).toBe(0);
    expect(await keys()).toHaveLength(5);
    expect(await keys()).toEqual(expect.arrayContaining([...created]));

    // The emulator forgets how often a key is rotated, which is a change in place.
    const again = await provision(scratch, variables, "plan", "--env", file, "--only", "kms");
    expect(again.output).not.toMatch(/[1-9]\d* to (add|destroy)/);
  });
});

/** The process of Terraform that works in a layer's folder. */
function terraformIn(folder: string): number {
  const { pid } = JSON.parse(readFileSync(join(folder, "running.json"), "utf8")) as { readonly pid: number };
  return pid;
}

async function keys(): Promise<readonly string[]> {
  const answer = await signedRequest(moto.url, "kms", {
    method: "POST",
    headers: { "X-Amz-Target": "TrentService.ListKeys", "Content-Type": "application/x-amz-json-1.1" },
    body: "{}",
  });
  const { Keys } = (await answer.json()) as { readonly Keys: readonly { readonly KeyId: string }[] };
  return Keys.map(({ KeyId }) => KeyId).toSorted();
}

/** The keys once AWS has done what it was still asked for when Terraform was killed. */
async function settledKeys(): Promise<readonly string[]> {
  const before = await keys();
  await sleep(3000);
  const after = await keys();
  return after.length === before.length ? after : settledKeys();
}

function environmentFile(): string {
  const raw: RawEnvironment = parse(readFileSync(resolve(__dirname, "../../configs/dev.yaml"), "utf8"));
  raw.name = "keys";
  raw.state = { bucket, region: "us-west-2", existing: true };
  const file = join(scratch, "keys.yaml");
  writeFileSync(file, stringify(raw));
  return file;
}
