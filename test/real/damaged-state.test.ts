import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parse, stringify } from "yaml";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { RawEnvironment } from "../synth";
import { startCommand } from "./command";
import { createBucket, type Moto, signedRequest, startMoto } from "./moto";
import { provision, provisionWords } from "./provision";
import { type S3Proxy, startS3Proxy } from "./s3-proxy";
import { realProviders, type Variables } from "./terraform";
import { missing } from "./tools";

const because = missing("terraform", "mirror", "moto");
const bucket = "123456789012-shared-state";
const key = "us-west-2/commanded/dev";

let scratch: string;
let moto: Moto;
let proxy: S3Proxy;
let variables: Variables;

const store = (name: string, init: Parameters<typeof signedRequest>[2] = {}) =>
  signedRequest(`${moto.url}/${bucket}/${name}`, "s3", init);
const run = (...words: readonly string[]) => provision(scratch, variables, ...words);
const plan = (file: string) => run("plan", "--env", file, "--only", "commanded", "--detailed-exitcode");

describe.skipIf(because !== undefined)(`what becomes of a run ${because ?? ""}`, () => {
  beforeAll(async () => {
    scratch = mkdtempSync(join(tmpdir(), "damaged-state-"));
    moto = await startMoto();
    proxy = await startS3Proxy(moto.url);
    variables = { ...moto.variables, ...proxy.variables, ...realProviders(scratch) };
    await createBucket(moto.url, bucket);
    const body =
      '<VersioningConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Status>Enabled</Status></VersioningConfiguration>';
    expect((await store("?versioning", { method: "PUT", body })).ok).toBe(true);
  });
  afterAll(() => {
    proxy.stop();
    moto.stop();
    rmSync(scratch, { recursive: true });
  });

  test("whose state is cut short, or deleted: a version of it is restored, by the printed commands", async () => {
    const file = environment("dev", "true");
    const applied = await run("apply", "--env", file, "--only", "commanded", "--yes");
    expect(applied.code, applied.output).toBe(0);
    const whole = await (await store(key)).text();

    for (const damage of ["cut", "empty", "deleted"]) {
      await (damage === "deleted"
        ? store(key, { method: "DELETE" })
        : store(key, { method: "PUT", body: damage === "cut" ? whole.slice(0, 200) : "" }));
      const refused = await plan(file);
      expect(refused.code, refused.output).toBe(8);
      const recover = wordsAfter(refused.output, /To restore an earlier version of its state, run: (.*)/);
      const unchosen = await run(...recover);
      expect(unchosen.code, unchosen.output).toBe(4);
      const chosen = wordsAfter(unchosen.output, /To restore the newest one that is whole, run: (.*)/);
      const restored = await run(...chosen);
      expect(restored.code, restored.output).toBe(0);
      const planned = await plan(file);
      expect(planned.code, planned.output).toBe(0);
    }
  });

  test("whose lock is empty: the printed command removes it", async () => {
    const file = environment("dev", "true");
    await store(`${key}.tflock`, { method: "PUT", body: "" });
    const refused = await plan(file);
    expect(refused.code, refused.output).toBe(5);
    expect(flat(refused.output)).toContain(`aws s3 rm s3://${bucket}/${key}.tflock --region us-west-2`);
    await store(`${key}.tflock`, { method: "DELETE" });
    expect((await plan(file)).code).toBe(0);
  });

  test.each([
    ["full", "head -c 64m /dev/zero > .provision/fill || true"],
    // It is busy while somebody writes.
    ["read-only", "until mount -o remount,ro .provision; do sleep 0.1; done"],
  ])(
    "whose folder becomes %s in the middle of an apply: it ends, with one warning",
    async (name, command) => {
      const file = environment(name, `cd '${scratch}' && ${command}`);
      const words = ["apply", "--env", file, "--only", "commanded", "--yes"];
      const { code, output } = await onSmallDisk("true", words);
      expect(code, output).toBe(0);
      expect(flat(output).match(/the run goes on, but its logs/g), output).toHaveLength(1);
      const state = (await (await store(`us-west-2/commanded/${name}`)).json()) as {
        readonly resources: object[];
      };
      expect(state.resources).toHaveLength(1);
    },
  );

  test("whose folder is read-only before it: it stops before the first change", async () => {
    const file = environment("before", "true");
    const words = ["apply", "--env", file, "--only", "commanded", "--yes"];
    const { code, output } = await onSmallDisk("mount -o remount,ro .provision", words);
    expect(code, output).toBe(1);
    expect(flat(output)).toMatch(/Cannot write "\.provision\/.*": the file system is read-only/);
    expect((await store("us-west-2/commanded/before")).status).toBe(404);
  });
});

/** Runs provision where its folder is a disk of two megabytes, in namespaces of its own. */
function onSmallDisk(before: string, words: readonly string[]) {
  const script = `mkdir -p .provision && mount -t tmpfs -o size=2m tmpfs .provision && ${before} && exec "$@"`;
  const command = { program: "unshare", folder: scratch, variables };
  return startCommand(
    command,
    "-Urm",
    "sh",
    "-c",
    script,
    "sh",
    process.execPath,
    ...provisionWords(),
    ...words,
  ).ended;
}

const flat = (output: string) => output.replace(/\s+/g, " ");

/** The words of a printed command line, after what starts the product. */
function wordsAfter(output: string, line: RegExp): readonly string[] {
  const [, printed = ""] = line.exec(output.replace(/\n +/g, " ")) ?? [];
  return printed.trim().split(" ").slice(3);
}

/** An environment in a shared bucket, with a layer that runs a command. */
function environment(name: string, command: string): string {
  const raw: RawEnvironment = parse(readFileSync(resolve(__dirname, "../../configs/dev.yaml"), "utf8"));
  raw.name = name;
  raw.state = { bucket, region: "us-west-2", existing: true };
  raw.extensions = [join(__dirname, "commanded-layer.ts")];
  raw.layers["commanded"] = { command };
  const file = join(scratch, `${name}.yaml`);
  writeFileSync(file, stringify(raw));
  return file;
}
