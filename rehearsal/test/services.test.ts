import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Scratch } from "./rehearse";

/** One full cycle, in order: each step needs the one before. */
describe("The full cycle of every service that has a behaviour, in another partition", () => {
  let scratch: Scratch;

  beforeAll(async () => {
    const place = { region: "us-gov-west-1", partition: "aws-us-gov" };
    const seeds = [{ type: "aws_route53_zone", attributes: { name: "example.com" } }];
    scratch = await Scratch.start({ ...place, seeds });
    await scratch.stack("services", "services.tf.json");
  });

  afterAll(async () => {
    await scratch.end();
  });

  it("is applied, with ARNs and hosts in the shape of the partition", async () => {
    await scratch.apply("services");
    const json = await scratch.run("services", ["output", "-json"]);
    const outputs = JSON.parse(json) as Record<string, { value: unknown } | undefined>;
    const account = "us-gov-west-1:111122223333";
    expect(outputs.key_arn?.value).toMatch(new RegExp(`^arn:aws-us-gov:kms:${account}:key/[0-9a-f-]{36}$`));
    expect(outputs.twin_arn?.value).not.toBe(outputs.key_arn?.value);
    expect(outputs.secret?.value).toContain(`arn:aws-us-gov:secretsmanager:${account}:secret:rds!cluster-`);
    expect(outputs.alb?.value).toMatch(/^internal-alb-[0-9a-f]{10}\.us-gov-west-1\.elb\.amazonaws\.com$/);
    expect(outputs.repository?.value).toBe("111122223333.dkr.ecr.us-gov-west-1.amazonaws.com/edge/app");
  });

  it("keeps every tag, whatever its key", () => {
    const keys = scratch.rehearsal.objects().filter(({ type }) => type === "aws_kms_key");
    const tags = keys.map(({ attributes }) => JSON.stringify(attributes["tags"]));
    expect(tags).toContain('{"__proto__":"kept","constructor":"kept too"}');
  });

  it("has nothing left to change", async () => {
    expect(await scratch.plan("services", 0)).toContain("No changes.");
  });

  it("gives a changed launch template a new version, and what follows from it", async () => {
    const fixture = readFileSync(join(__dirname, "fixtures", "services.tf.json"), "utf8");
    const changed = fixture.replace('"volume_size": 50', '"volume_size": 80');
    expect(changed).not.toBe(fixture);
    scratch.write("services", JSON.parse(changed) as Record<string, unknown>);
    expect(await scratch.apply("services")).toContain("0 added, 2 changed, 0 destroyed");
    expect(await scratch.run("services", ["output", "template_version"])).toBe("2\n");
  });

  it("leaves only files that existed before", async () => {
    await scratch.destroy("services");
    expect(scratch.types()).toEqual([]);
  });
});
