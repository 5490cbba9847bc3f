import { afterEach, beforeEach, expect, it } from "vitest";
import { awsStack, Scratch, type Stack, statesBucket } from "./rehearse";

let scratch: Scratch;
beforeEach(async () => {
  scratch = await Scratch.start();
});
afterEach(async () => {
  await scratch.end();
});

const inBucket = (key: string, content: Stack): Stack => {
  const s3 = { bucket: statesBucket, key, region: "us-east-1", encrypt: true, use_lockfile: true };
  const required_providers = { aws: { source: "hashicorp/aws", version: "5.100.0" } };
  return awsStack({ terraform: { required_providers, backend: { s3 } }, ...content });
};

const bucket = (more = {}) => ({
  resource: { aws_s3_bucket: { states: { bucket: statesBucket, ...more } } },
});

it("a bucket for states does not exist before it is created, and holds its own state afterwards", async () => {
  scratch.write("backend", inBucket("backend", bucket()));
  expect(await scratch.refusal("backend", ["init"])).toContain(`S3 bucket "${statesBucket}" does not exist`);

  await scratch.stack("backend", awsStack(bucket()));
  await scratch.apply("backend");
  scratch.write("backend", inBucket("backend", bucket()));
  await scratch.run("backend", ["init", "-migrate-state", "-force-copy"]);
  expect(await scratch.plan("backend", 0)).toContain("No changes.");
});

it("a bucket that holds a state is not destroyed without force_destroy", async () => {
  await scratch.stack("backend", awsStack(bucket()));
  await scratch.apply("backend");
  await scratch.stack("network", inBucket("network", { resource: { aws_eip: { nat: { domain: "vpc" } } } }));
  await scratch.apply("network");
  expect(await scratch.refusal("backend", ["destroy", "-auto-approve"])).toContain("BucketNotEmpty");

  scratch.write("backend", awsStack(bucket({ force_destroy: true })));
  await scratch.apply("backend");
  await scratch.destroy("backend");
  expect(scratch.types()).toEqual(["aws_eip"]);
});
