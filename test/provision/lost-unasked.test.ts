import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { defineLayer, inOrder } from "../../lib/layer/layer";
import { afterKill, everything, forgetState, layers, record, TaggedWorld } from "./after-kill";
import { awsError } from "./aws-error";
import { commands, run } from "./runs";
import { cellar } from "./toys";

const recover = "recover --env dev --only keys --yes";
const destroy = "destroy --env dev --only keys --confirm dev --yes --allow-data-loss keys";
const denied = awsError("AccessDeniedException", "not authorized to perform: tag:GetResources");
const named = (line: string) => `npx ts-node scripts/provision.ts ${line}`;
const cure = `Allow tag:GetResources, as in what is printed by: ${named("iam --env dev")}; then run: ${named("")}`;
const refusal =
  'what has tags in us-west-2 could not be looked for, AWS says "AccessDeniedException: not authorized to perform: tag:GetResources"';

describe("where AWS does not list what has tags", () => {
  test("what may have a rival is not imported, nor what needs it, and the record stays for the next search", async () => {
    const world = await afterKill();
    world.refusal = denied;
    const before = world.cloud.objects.size;
    expect(await run(world, recover, layers)).toMatchObject({
      message: `Cannot find all objects of "keys": ${refusal}`,
      hint: `${cure}${recover}`,
      exitCode: 8,
    });
    expect(world.addresses).toEqual(["aws_s3_bucket.files"]);
    expect(world.cloud.objects.size).toBe(before);
    const shown = world.printed.join("\n");
    expect(shown).toMatch(/aws_kms_key\.data-key.* not imported: another one may fit/);
    expect(shown).toMatch(/aws_kms_alias\.data-alias.* not imported: it needs aws_kms_key\.data-key, which/);
    expect(world.files.read(record)).toBeDefined();
    expect(await run(world, "--env dev --yes", layers)).toMatchObject({ exitCode: 8 });
    world.refusal = undefined;
    expect(await run(world, recover, layers)).toBe(0);
    expect(world.addresses).toEqual(everything);
    expect(world.files.read(record)).toBeUndefined();
  });

  test("nothing found is not taken for nothing left", async () => {
    const world = new TaggedWorld();
    expect(await run(world, "--env dev --yes --only cellar", layers)).toBe(0);
    world.files.write(record, `${JSON.stringify({ began: "aws_kms_key.logs-key", type: "aws_kms_key" })}\n`);
    world.refusal = denied;
    expect(await run(world, recover, layers)).toMatchObject({ exitCode: 8 });
    expect(world.printed.join("\n")).not.toContain("nothing exists");
    expect(world.files.read(record)).toBeDefined();
  });

  test("a destroy stops before it destroys anything of a layer that may have lost objects", async () => {
    const world = await afterKill();
    world.refusal = denied;
    const before = world.cloud.objects.size;
    const line = `${destroy} --remove-leftovers`;
    expect(await run(world, line, layers)).toMatchObject({
      message: `Cannot destroy "keys": objects of it may be in no state; ${refusal}`,
      exitCode: 8,
    });
    expect(world.cloud.objects.size).toBe(before);
    expect(commands(world, "apply")).toEqual([]);
    expect(world.files.read(record)).toBeDefined();
  });

  test("one without such a sign destroys what the state has, and ends with 8", async () => {
    const world = new TaggedWorld();
    expect(await run(world, "--env dev --yes", layers)).toBe(0);
    world.refusal = denied;
    expect(await run(world, destroy, layers)).toMatchObject({
      message: `Cannot finish destroying "dev": it is not known whether all is gone; ${refusal}`,
      exitCode: 8,
    });
    expect(world.addresses).toEqual([]);
    expect(world.printed.join("\n")).toContain("Not looked for: what has tags in us-west-2");
  });
});

/** A layer with a rule that its natural key tells, of which AWS says this when it is asked. */
async function withRule(refused: Error) {
  const doors = defineLayer({
    ...{ name: "keys", summary: "Doors", settings: z.strictObject({}), needs: {}, outputs: {} },
    build(stack) {
      const open = { ipProtocol: "tcp", fromPort: 443, toPort: 443, cidrIpv4: "10.0.0.0/8" };
      new VpcSecurityGroupIngressRule(stack, "in", { securityGroupId: "sg-1", ...open });
      return {};
    },
  });
  const rooms = inOrder([cellar, doors]);
  const world = new TaggedWorld();
  expect(await run(world, "--env dev --yes", rooms)).toBe(0);
  forgetState(world);
  const type = "aws_vpc_security_group_ingress_rule";
  world.files.write(record, `${JSON.stringify({ began: `${type}.in`, type })}\n`);
  const asked: string[] = [];
  const send = world.aws.send.bind(world.aws);
  Object.assign(world.aws, {
    send: (...given: Parameters<typeof send>) => {
      if (given[0].operation !== "DescribeSecurityGroupRules") return send(...given);
      asked.push(given[1].patience);
      return Promise.reject(refused);
    },
  });
  return { world, rooms, asked };
}

test.each([
  [awsError("ThrottlingException", "Rate exceeded"), "Wait a minute"],
  [awsError("ExpiredToken", "The security token has expired"), "aws sso login"],
  [
    awsError("UnauthorizedOperation", "not authorized"),
    "Allow ec2:DescribeSecurityGroupRules, as in what is printed by",
  ],
  [Object.assign(new Error("getaddrinfo ENOTFOUND"), { code: "ENOTFOUND" }), "Check the network"],
])("a list that AWS does not give (%s) is asked for patiently, and forgets nothing", async (fault, hint) => {
  const { world, rooms, asked } = await withRule(fault);
  expect(await run(world, recover, rooms)).toMatchObject({
    message: expect.stringMatching(
      /^Cannot find all objects of "keys": aws_vpc_security_group_ingress_rule could not be looked for, /,
    ) as string,
    hint: expect.stringContaining(hint) as string,
    exitCode: 8,
  });
  expect(asked).toEqual(["work"]);
  expect(world.files.read(record)).toBeDefined();
});

test("a list whose owner does not exist is an answer", async () => {
  const { world, rooms } = await withRule(awsError("InvalidGroup.NotFound", "no such group"));
  expect(await run(world, recover, rooms)).toBe(0);
  expect(world.files.read(record)).toBeUndefined();
});

test("an error of Terraform that is not about existence ends the search with Terraform's words", async () => {
  const world = await afterKill();
  const words =
    'reading KMS Key (k-1): AccessDeniedException\n\n  with aws_kms_key.data-key,\n  "aws_kms_key.data-key"';
  world.before = (command) => {
    const imports = world.files.read("cdktf.out/dev/stacks/keys/provision_import.tf.json");
    if (command === "keys plan" && imports !== undefined && world.faults.denied.size === 0)
      world.faults.denied.set("plan of keys", { message: words, times: 1 });
  };
  expect(await run(world, recover, layers)).toMatchObject({
    message: expect.stringContaining("reading KMS Key (k-1): AccessDeniedException") as string,
  });
  expect(world.addresses).toEqual([]);
  expect(world.files.read(record)).toBeDefined();
});
