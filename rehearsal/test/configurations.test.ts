import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { awsStack, Scratch, type Stack } from "./rehearse";

const network = 'resource "aws_vpc" "main" { cidr_block = "10.0.0.0/16" }';
const provider = 'terraform {\n  required_providers {\n    aws = { source = "hashicorp/aws" }\n  }\n}\n';
const identity = { data: { aws_caller_identity: { me: {} } } };
const assert = {
  condition: '${data.aws_caller_identity.me.account_id == "111122223333"}',
  error_message: "This is another account.",
};

describe("Types that a configuration names where the rehearsal cannot read them", () => {
  it.each<[string, Stack, Readonly<Record<string, string>>]>([
    ["a module in HCL", { module: { m: { source: "./m" } } }, { "m/main.tf": provider + network }],
    ["a module outside the stacks", { module: { m: { source: "../../m" } } }, { "../../m/main.tf": network }],
    ["a file in HCL beside it", {}, { "network.tf": network }],
    ["a check", { check: { account: { ...identity, assert } } }, {}],
    ["a check in a list", { check: [{ account: [{ ...identity, assert: [assert] }] }] }, {}],
  ])("are accepted: %s", async (_, content, files) => {
    // One rehearsal each: types that were in use stay so.
    const scratch = await Scratch.start();
    for (const [path, text] of Object.entries(files)) {
      const file = join(scratch.directory, "stacks", "main", path);
      mkdirSync(join(file, ".."), { recursive: true });
      writeFileSync(file, text);
    }
    try {
      await scratch.stack("main", awsStack(content));
      await scratch.apply("main");
      expect(scratch.types().includes("aws_vpc")).toBe(!("check" in content));
    } finally {
      await scratch.end();
    }
  });
});
