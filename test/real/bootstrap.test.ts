import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { signedRequest, type Moto, startMoto } from "./moto";
import { type Cut, emulatorEnvironment, emulatorText, killingTerraform, provision } from "./provision";
import { inOrder } from "../../lib/layer/layer";
import { s3Backend } from "../../modules/s3-backend/layer";
import { removeWorlds, worldIn } from "../provision/real-world";
import { run } from "../provision/runs";
import { type S3Proxy, startS3Proxy } from "./s3-proxy";
import { realProviders, type Variables } from "./terraform";
import { missing } from "./tools";

const because = missing("terraform", "mirror", "moto");
const dev = readFileSync(resolve(__dirname, "../../configs/dev.yaml"), "utf8");

let scratch: string;
let moto: Moto;
let proxy: S3Proxy;
let variables: Variables;

describe.skipIf(because !== undefined)(`the state bucket on an emulated AWS ${because ?? ""}`, () => {
  beforeAll(async () => {
    scratch = mkdtempSync(join(tmpdir(), "bootstrap-"));
    moto = await startMoto();
    proxy = await startS3Proxy(moto.url);
    variables = { ...moto.variables, ...proxy.variables, ...realProviders(scratch) };
  });
  afterAll(() => {
    proxy.stop();
    moto.stop();
    rmSync(scratch, { recursive: true });
    removeWorlds();
  });

  const localState = () => existsSync(join(scratch, ".provision/boot/bootstrap/s3-backend.tfstate"));
  const remoteState = async () =>
    (await signedRequest(`${moto.url}/123456789012-boot-state/us-west-2/s3-backend/boot`, "s3")).ok;

  // They mostly wait for what Terraform's provider asks the emulator again and again, each in an environment of its own.
  test.concurrent("is created even if a run is killed between any two of its steps", async () => {
    const file = emulatorEnvironment(scratch, "boot", dev);
    const apply = ["apply", "--env", file, "--only", "s3-backend", "--yes"];
    const cuts: readonly Cut[] = [
      { command: "plan", when: "before" },
      { command: "apply", when: "during" },
      { command: "apply", when: "after" },
      { command: "state push", when: "before" },
      { command: "state push", when: "after" },
    ];
    for (const cut of cuts) {
      const killing = { TERRAFORM_BINARY_NAME: killingTerraform(scratch, cut) };
      const killed = await provision(scratch, { ...variables, ...killing }, ...apply);
      expect(killed.code, `${cut.when} ${cut.command}\n${killed.output}`).toBeNull();
    }
    expect([localState(), await remoteState()]).toEqual([true, true]);

    const last = await provision(scratch, variables, ...apply);
    expect(last.code, last.output).toBe(0);
    expect([localState(), await remoteState()]).toEqual([false, true]);

    const plan = ["plan", "--env", file, "--only", "s3-backend", "--detailed-exitcode"];
    const again = await provision(scratch, variables, ...plan);
    expect(again.code, again.output).toBe(0);
  });

  const kms = async (operation: string, input: object): Promise<unknown> => {
    const headers = {
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": `TrentService.${operation}`,
    };
    const init = { method: "POST", headers, body: JSON.stringify(input) };
    const answer = await signedRequest(moto.url, "kms", init);
    const text = await answer.text();
    if (!answer.ok) throw new Error(`moto refused ${operation}: ${text}`);
    return text === "" ? undefined : JSON.parse(text);
  };
  /** States of the keys of an environment's states. */
  const keysOf = async (name: string): Promise<readonly string[]> => {
    const { Keys } = (await kms("ListKeys", {})) as { readonly Keys: readonly { readonly KeyId: string }[] };
    const all = await Promise.all(Keys.map(({ KeyId }) => kms("DescribeKey", { KeyId })));
    type Described = { readonly KeyMetadata: { readonly Description: string; readonly KeyState: string } };
    const described = all.map((each) => (each as Described).KeyMetadata);
    return described.flatMap(({ Description, KeyState }) =>
      Description === `${name}: Terraform state` ? [KeyState] : [],
    );
  };
  /** Another machine than that on which a bootstrap was killed before the key had an alias, and the options of that environment. */
  const elsewhere = async (
    name: string,
  ): Promise<{ readonly folder: string; readonly given: readonly string[] }> => {
    const killing = { TERRAFORM_BINARY_NAME: killingTerraform(scratch, { command: "apply", when: "after" }) };
    const file = emulatorEnvironment(join(scratch, "lost", name), name, dev);
    const words = ["apply", "--env", file, "--only", "s3-backend", "--yes"];
    const killed = await provision(join(scratch, "lost", name), { ...variables, ...killing }, ...words);
    expect(killed.code, killed.output).toBeNull();
    await kms("DeleteAlias", { AliasName: `alias/${name}-state` });
    const folder = join(scratch, "fresh", name);
    const given = ["--env", emulatorEnvironment(folder, name, dev), "--only", "s3-backend", "--yes"];
    return { folder, given };
  };

  test.concurrent(
    "is adopted with its key where nothing but the account is known of the bootstrap",
    async () => {
      const { folder, given } = await elsewhere("cut");
      const refused = await provision(folder, variables, "apply", ...given);
      expect([refused.code, refused.output]).toEqual([4, expect.stringContaining("--adopt-state-bucket")]);
      const adopted = await provision(folder, variables, "apply", ...given, "--adopt-state-bucket");
      expect(adopted.code, adopted.output).toBe(0);
      expect(await keysOf("cut")).toEqual(["Enabled"]);
      const again = await provision(folder, variables, "plan", ...given.slice(0, -1), "--detailed-exitcode");
      expect(again.code, again.output).toBe(0);
    },
  );

  test.concurrent(
    "is destroyed with its key where nothing but the account is known of the bootstrap",
    async () => {
      await elsewhere("gone");
      const environment = { PATH: process.env["PATH"], HOME: process.env["HOME"], ...variables };
      const world = { ...worldIn(emulatorText("gone", dev, "s3-backend")), environment };
      // Alone, because the providers of the last layer are not in the mirror.
      const layers = inOrder([s3Backend]);
      const destroy = "destroy --env gone --yes --confirm gone --allow-data-loss s3-backend";
      expect(await run(world, destroy, layers)).toMatchObject({
        message: expect.stringMatching(
          /2 objects of it exist, and no state has aws_kms_key\.state-key \S+, aws_s3_bucket\.state-bucket 123456789012-gone-state$/,
        ) as string,
        hint: expect.stringMatching(/ --remove-leftovers$/) as string,
        exitCode: 8,
      });
      expect(await run(world, `${destroy} --remove-leftovers`, layers)).toBe(0);
      expect((await signedRequest(`${moto.url}/123456789012-gone-state`, "s3")).status).toBe(404);
      expect(await keysOf("gone")).toEqual(["PendingDeletion"]);
    },
  );

  // After the others: one run at a time may call AWS from the process of the tests.
  const noCli = missing("aws");
  test.skipIf(noCli !== undefined)(
    `is not destroyed while it holds another state ${noCli ?? ""}`,
    async () => {
      const environment = { PATH: process.env["PATH"], HOME: process.env["HOME"], ...variables };
      const world = { ...worldIn(emulatorText("dev", dev, "s3-backend")), environment };
      // Alone, because the providers of the last layer are not in the mirror.
      const layers = inOrder([s3Backend]);
      expect(await run(world, "apply --env dev --yes", layers)).toBe(0);

      const bucket = `${moto.url}/123456789012-dev-state`;
      await signedRequest(`${bucket}/us-west-2/vpc/others`, "s3", { method: "PUT", body: "{}" });
      const destroy = "destroy --env dev --yes --confirm dev --allow-data-loss s3-backend";
      expect(await run(world, destroy, layers)).toMatchObject({
        message: expect.stringContaining('also contains "us-west-2/vpc/others", which would be lost'),
        exitCode: 4,
      });
      expect((await signedRequest(bucket, "s3")).ok).toBe(true);
    },
  );
});
