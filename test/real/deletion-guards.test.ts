import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { guardLiftFor } from "../../scripts/provision/terraform/deletion-guards";
import { type Moto, signedRequest, startMoto } from "./moto";
import { realProviders, succeed } from "./terraform";
import { missing } from "./tools";

const because = missing("terraform", "mirror", "moto");

const common = {
  terraform: { required_providers: { aws: { source: "hashicorp/aws", version: "5.100.0" } } },
  provider: { aws: [{ region: "us-west-2", s3_use_path_style: true }] },
};
const network = {
  aws_vpc: { vpc: { cidr_block: "10.0.0.0/16" } },
  aws_subnet: { a: { vpc_id: "${aws_vpc.vpc.id}", cidr_block: "10.0.0.0/24" } },
};
const guarded = {
  aws_ecr_repository: { files: { name: "files" } },
  aws_lb: {
    door: {
      load_balancer_type: "network",
      subnet_mapping: [{ subnet_id: "${aws_subnet.a.id}" }],
      enable_deletion_protection: true,
    },
  },
  aws_route53_zone: { zone: { name: "edge.example.com" } },
  aws_s3_bucket: { logs: { bucket: "deletion-guards-logs" } },
  aws_secretsmanager_secret: { tokens: { name: "tokens", recovery_window_in_days: 30 } },
};
const addresses = Object.entries(guarded).map(([type, blocks]) => `${type}.${Object.keys(blocks).join()}`);

describe.skipIf(because !== undefined)(`the real AWS provider ${because ?? ""}`, () => {
  const scratch = mkdtempSync(join(tmpdir(), "deletion-guards-"));
  let moto: Moto | undefined;
  afterAll(() => {
    moto?.stop();
    rmSync(scratch, { recursive: true });
  });

  test("lifts deletion protection of what is no longer configured, and changes nothing else", async () => {
    moto = await startMoto();
    const variables = { ...moto.variables, ...realProviders(scratch) };
    const run = (...args: readonly string[]) => succeed(scratch, variables, ...args, "-no-color");
    const configure = (resource: object) => {
      writeFileSync(join(scratch, "cdk.tf.json"), JSON.stringify({ ...common, resource }));
    };
    configure({ ...network, ...guarded });
    await run("init", "-input=false");
    await run("apply", "-auto-approve");
    await signedRequest(`${moto.url}/deletion-guards-logs/one`, "s3", { method: "PUT", body: "a log" });

    const ended = addresses.map((address) => ({ address, type: address.split(".")[0]!, action: "delete" }));
    const lift = guardLiftFor(await succeed(scratch, variables, "state", "pull"), ended);
    expect(lift?.addresses.toSorted()).toEqual(addresses.toSorted());
    configure(lift?.resource ?? {});
    const lifted = await run("apply", "-auto-approve", ...addresses.map((address) => `-target=${address}`));
    expect(lifted).toContain("Plan: 0 to add, 5 to change, 0 to destroy.");

    configure(network);
    expect(await run("apply", "-auto-approve")).toContain("Plan: 0 to add, 0 to change, 5 to destroy.");
  }, 600_000);
});
