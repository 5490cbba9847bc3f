import { mkdirSync, rmSync, writeFileSync } from "node:fs";
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

  it("are accepted in a later rehearsal, when only the state names them", async () => {
    let scratch = await Scratch.start();
    const file = join(scratch.directory, "stacks", "main", "m", "main.tf");
    mkdirSync(join(file, ".."), { recursive: true });
    writeFileSync(file, provider + network);
    try {
      await scratch.stack("main", awsStack({ module: { m: { source: "./m" } } }));
      await scratch.apply("main");
      rmSync(file);
      scratch.write(
        "main",
        awsStack({ removed: [{ from: "module.m.aws_vpc.main", lifecycle: { destroy: true } }] }),
      );
      scratch = await scratch.restart({});
      expect(await scratch.plan("main", 2)).toContain("1 to destroy");
      // No block that names the type is left.
      scratch.write("main", awsStack({}));
      scratch = await scratch.restart({});
      await scratch.apply("main");
      expect(scratch.types()).toEqual([]);
    } finally {
      await scratch.end();
    }
  });

  it("are accepted with import and moved blocks", async () => {
    const scratch = await Scratch.start();
    const vpc = { aws_vpc: { main: { cidr_block: "10.0.0.0/16" } } };
    try {
      await scratch.stack("main", awsStack({ resource: vpc }));
      await scratch.apply("main");
      const id = scratch.rehearsal.objects().find(({ type }) => type === "aws_vpc")?.id;
      const moved = [{ from: "aws_vpc.main", to: "aws_vpc.moved" }];
      scratch.write("main", awsStack({ resource: { aws_vpc: { moved: vpc.aws_vpc.main } }, moved }));
      expect(await scratch.plan("main", 2)).toContain("0 to destroy");
      await scratch.stack("other", awsStack({ import: [{ to: "aws_vpc.found", id }] }));
      await scratch.run("other", ["plan", "-generate-config-out=found.tf"]);
    } finally {
      await scratch.end();
    }
  });
});
