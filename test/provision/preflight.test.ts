import { expect, test } from "vitest";
import { z } from "zod";
import { defineLayer } from "../../lib/layer/layer";
import { awsCall } from "../../lib/layer/aws-call";
import { preflight, type Preflight } from "../../lib/layer/preflight";
import { awsError } from "./aws-error";
import { FakeAws } from "./fake-aws";
import { FakeWorld } from "./fake-world";
import { run } from "./runs";
import { cellar } from "./toys";

const again = "npx ts-node scripts/provision.ts";

function world(): { world: FakeWorld; aws: FakeAws } {
  const world = new FakeWorld();
  return { world, aws: new FakeAws(world) };
}

/** A layer that lets nothing start before this check has passed. */
const careful = (...checks: readonly Preflight[]) =>
  defineLayer({
    name: "careful",
    summary: "Checks",
    settings: z.strictObject({}),
    needs: {},
    outputs: {},
    preflight: () => checks,
    build: () => ({}),
  });

const keyFree = preflight({
  about: "detectors",
  call: awsCall("guardduty", "ListDetectors", {}),
  actions: ["guardduty:ListDetectors"],
  verdict: ({ DetectorIds = [] }) =>
    DetectorIds.length === 0 ? undefined : { reason: "a detector is in the way", cure: "Remove it" },
});

test("all failed checks of the selected layers are reported together, each with its fix", async () => {
  const { world: blocked, aws } = world();
  aws.answers.set("guardduty ListDetectors", { DetectorIds: ["d1"] });
  aws.answers.set("paint get-colour", { colour: "red" });
  const red = colour({ verdict: () => ({ reason: "the colour is red", cure: "Paint it" }) });
  const layers = [cellar, careful(keyFree, red)];
  expect(await run(blocked, "plan --env dev", layers)).toMatchObject({
    message: [
      'Cannot plan "dev": 2 preflight checks failed; nothing was changed',
      "  a detector is in the way",
      "    Remove it",
      "  the colour is red",
      "    Paint it",
    ].join("\n"),
    hint: `Correct all of them, then run: ${again} plan --env dev`,
    exitCode: 4,
  });
  expect(await run(blocked, "plan --env dev --only cellar", layers)).toBe(0);
});

test("a check without permission is printed, and does not stop the run", async () => {
  const { world: limited, aws } = world();
  aws.refusals.set("guardduty ListDetectors", awsError("AccessDeniedException", "not authorized"));
  expect(await run(limited, "plan --env dev", [cellar, careful(keyFree)])).toBe(0);
  expect(limited.printed).toContain(
    '  Not checked: detectors; AWS says "AccessDeniedException: not authorized"',
  );
});

/** An extension's check of a colour, by the AWS CLI. */
const colour = (more: Pick<Preflight, "verdict"> & Partial<Preflight>): Preflight => ({
  ...{ about: "the colour", arguments: ["paint", "get-colour"], actions: ["paint:GetColour"] },
  ...more,
});

test("a check may find several hindrances, or none", async () => {
  const { world: painted } = world();
  const wrong = (reason: string) => ({ reason, cure: "Paint it" });
  const two = colour({ verdict: () => [wrong("it is red"), wrong("it is dark")] });
  const outcome = await run(painted, "plan --env dev", [cellar, careful(two)]);
  expect(outcome).toHaveProperty("message", expect.stringContaining("2 preflight checks failed"));
  expect(outcome).toHaveProperty(
    "message",
    expect.stringContaining("  it is red\n    Paint it\n  it is dark"),
  );
  expect(await run(painted, "plan --env dev", [cellar, careful(colour({ verdict: () => [] }))])).toBe(0);
});

test("an answer may lead to a further check, whose own failure leaves what is certain", async () => {
  const { world: painted, aws } = world();
  const otherwise = { reason: "the colour is wrong", cure: "Paint it" };
  const shade = {
    arguments: ["paint", "get-shade"],
    verdict: (answer: unknown) => ({ reason: `the shade is ${JSON.stringify(answer)}`, cure: "Mix it" }),
    otherwise,
  };
  const layers = [cellar, careful(colour({ verdict: () => shade }))];
  aws.answers.set("paint get-shade", "dark");
  expect(await run(painted, "plan --env dev", layers)).toMatchObject({
    message: 'Cannot plan "dev": the shade is "dark"',
  });
  aws.endings.set("paint get-shade", { exitCode: 127 });
  expect(await run(painted, "plan --env dev", layers)).toMatchObject({
    message: 'Cannot plan "dev": the colour is wrong',
  });
});

test("an error may be the answer that lets a run start", async () => {
  const { world: bare, aws } = world();
  const stderr = "An error occurred (NoSuchColour) when calling the GetColour operation: none";
  aws.endings.set("paint get-colour", { exitCode: 254, stderr });
  const verdict = () => ({ reason: "it has a colour", cure: "Remove it" });
  const free = colour({
    verdict,
    verdictOnRefusal: ({ code }) => (code === "NoSuchColour" ? "passed" : undefined),
  });
  expect(await run(bare, "plan --env dev", [cellar, careful(free)])).toBe(0);
  expect(bare.printed.join("\n")).not.toContain("Not checked: the colour");
});

test("an extension may check through the AWS CLI", async () => {
  const { world: painted, aws } = world();
  aws.answers.set("paint get-colour", { colour: "red" });
  const check: Preflight = {
    about: "the colour",
    arguments: ["paint", "get-colour"],
    actions: ["paint:GetColour"],
    verdict: (answer) => ({ reason: `the colour is ${JSON.stringify(answer)}`, cure: "Paint it" }),
  };
  expect(await run(painted, "plan --env dev", [cellar, careful(check)])).toMatchObject({
    message: 'Cannot plan "dev": the colour is {"colour":"red"}',
    hint: `Paint it; then run: ${again} plan --env dev`,
  });
  await run(painted, "iam --env dev", [cellar, careful(check)]);
  expect(painted.printed.join("\n")).toContain('"paint:GetColour"');
});

test("output of the AWS CLI that is not JSON does not stop the run", async () => {
  const { world: odd, aws } = world();
  aws.endings.set("paint get-colour", { stdout: "It is red" });
  const check: Preflight = {
    ...{ about: "the colour", arguments: ["paint", "get-colour"], actions: [] },
    verdict: () => undefined,
  };
  expect(await run(odd, "plan --env dev", [cellar, careful(check)])).toBe(0);
  expect(odd.printed).toContain(
    '  Not checked: the colour; the check gave no result, "the output of the AWS CLI is not JSON"',
  );
});

test("checks that cannot be made for the same reason are printed in one line", async () => {
  const { world: shut, aws } = world();
  const blocked = Object.assign(new Error("connect ECONNREFUSED 10.0.0.1:443"), { code: "ECONNREFUSED" });
  aws.refusals.set("guardduty ListDetectors", blocked);
  aws.refusals.set("ec2 DescribeVpcEndpoints", blocked);
  const endpoints: Preflight = {
    ...keyFree,
    about: "endpoints",
    call: awsCall("ec2", "DescribeVpcEndpoints", {}),
  };
  expect(await run(shut, "plan --env dev", [cellar, careful(keyFree, endpoints)])).toBe(0);
  expect(shut.printed.filter((line) => line.includes("Not checked"))).toEqual([
    "  Not checked: detectors, endpoints; AWS cannot be reached, connect ECONNREFUSED 10.0.0.1:443",
  ]);
});
