import { execFileSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Scratch, statesBucket } from "./rehearse";

/** One full cycle, in order: each step needs the one before. */
describe("The full cycle of seventy resources in the cloud and seven in the cluster", () => {
  let scratch: Scratch;

  beforeAll(async () => {
    scratch = await Scratch.start({
      seeds: [{ type: "aws_s3_bucket", attributes: { bucket: statesBucket } }],
    });
    await scratch.stack("infrastructure", "infrastructure.tf.json");
    await scratch.stack("add-ons", "add-ons.tf.json");
  });

  afterAll(async () => {
    await scratch.end();
  });

  it("begins with a configuration that is valid", async () => {
    expect(await scratch.run("infrastructure", ["validate"])).toContain("The configuration is valid.");
  });

  it("cannot apply the second stack before the first", async () => {
    const refusal = await scratch.refusal("add-ons", ["plan"]);
    expect(refusal).toContain("Unable to find remote state");
  });

  it("applies both, the second reading the first", async () => {
    expect(await scratch.apply("infrastructure")).toContain("70 added, 0 changed, 0 destroyed");
    expect(await scratch.apply("add-ons")).toContain("7 added, 0 changed, 0 destroyed");
    const types = scratch.types();
    expect(types.filter((type) => type === "aws_subnet")).toHaveLength(6);
    expect(types).toContain("helm_release");
    expect(types).toContain("kubernetes_deployment_v1");
  });

  it("gives outputs in the shape that AWS gives them", async () => {
    const outputs = JSON.parse(await scratch.run("infrastructure", ["output", "-json"])) as Record<
      string,
      { value: unknown }
    >;
    expect(outputs["cluster_endpoint"]?.value).toMatch(
      /^https:\/\/[0-9A-F]{32}\.\w+\.us-east-1\.eks\.amazonaws\.com$/,
    );
    expect(outputs["vpc_id"]?.value).toMatch(/^vpc-[0-9a-f]{17}$/);
    expect(outputs["account"]?.value).toBe("111122223333");
    expect(outputs["zones"]?.value).toEqual(["us-east-1a", "us-east-1b", "us-east-1c"]);
  });

  it("has nothing left to change in a second plan", async () => {
    expect(await scratch.plan("infrastructure", 0)).toContain("No changes.");
    expect(await scratch.plan("add-ons", 0)).toContain("No changes.");
  });

  it("shows an object that was edited and one that was deleted, and restores both", async () => {
    const vpc = scratch.rehearsal.objects().find(({ type }) => type === "aws_vpc");
    const file = scratch.objectFile("aws_vpc", vpc?.id ?? "");
    const edited = readFileSync(file, "utf8").replace(/("enable_dns_hostnames"): true/, "$1: false");
    writeFileSync(file, edited);
    rmSync(scratch.objectFile("aws_ssm_parameter", "/main/db/endpoint"));

    const plan = await scratch.plan("infrastructure", 2);
    expect(plan).toMatch(/~ enable_dns_hostnames += false -> true/);
    expect(plan).toContain("aws_ssm_parameter.ep will be created");
    expect(plan).toContain("Plan: 1 to add, 1 to change, 0 to destroy.");
    await scratch.apply("infrastructure");
    expect(readFileSync(file, "utf8")).toContain('"enable_dns_hostnames": true');
    expect(scratch.types()).toContain("aws_ssm_parameter");
  });

  it("ends with nothing left but the log group of a cluster that logged until its deletion, no lock held and no process running", async () => {
    await scratch.destroy("add-ons");
    await scratch.destroy("infrastructure");
    expect(scratch.rehearsal.objects()).toMatchObject([
      { type: "aws_cloudwatch_log_group", id: "/aws/eks/main/cluster", attributes: { retention_in_days: 0 } },
    ]);
    expect(scratch.rehearsal.lockFiles()).toEqual([]);
    expect(execFileSync("ps", ["-A", "-o", "args"], { encoding: "utf8" })).not.toContain(scratch.directory);
  });
});
