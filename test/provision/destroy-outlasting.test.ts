import { CloudwatchDashboard } from "@cdktf/provider-aws/lib/cloudwatch-dashboard";
import { CloudwatchLogResourcePolicy } from "@cdktf/provider-aws/lib/cloudwatch-log-resource-policy";
import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { createdAgain } from "../../lib/aws-facts/created-again";
import { outlasting } from "../../lib/aws-facts/outlasting";
import { defineLayer, inOrder } from "../../lib/layer/layer";
import { text } from "../../lib/layer/outputs";
import { FakeAws } from "./fake-aws";
import { FakeWorld } from "./fake-world";
import { commands, run, table } from "./runs";
import { cellar } from "./toys";

/** What an apply creates again, and nothing else deletes: only alarms have tags. */
const watch = defineLayer({
  name: "watch",
  summary: "Alarms",
  settings: z.strictObject({}),
  needs: {},
  outputs: { alarmName: text("Name of an alarm") },
  build(stack) {
    const alarm = new CloudwatchMetricAlarm(stack, "alarm", {
      ...{ alarmName: "dev-full", comparisonOperator: "LessThanThreshold", evaluationPeriods: 1 },
      tags: { Name: "dev-full" },
    });
    new CloudwatchDashboard(stack, "overview", { dashboardName: "dev-overview", dashboardBody: "{}" });
    new CloudwatchLogResourcePolicy(stack, "policy", {
      ...{ policyName: "dev-queries", policyDocument: "{}", provider: stack.awsIn("us-east-1") },
    });
    return { alarmName: alarm.alarmName };
  },
});
const layers = inOrder([cellar, watch]);
const record = ".provision/dev/creations/watch.jsonl";
const destroy = "destroy --env dev --only watch --confirm dev";
const names = ["dev-full", "dev-overview", "dev-queries"];

let world: FakeWorld;

/** What was created exists, and the state was lost with the Terraform that was killed. */
beforeEach(async () => {
  world = new FakeWorld();
  new FakeAws(world);
  expect(await run(world, "--env dev --yes", layers)).toBe(0);
  const lost = [...world.cloud.stored.keys()].filter((key) => /\/watch\/dev$|\/journal\//.test(key));
  for (const key of lost) world.cloud.stored.erase(key);
  world.printed.length = 0;
  world.ran.length = 0;
});

/** As the record of a run that was killed in the middle of these. */
function recordBegun(...addresses: readonly string[]): void {
  const lines = addresses.map((began) => JSON.stringify({ began, type: began.split(".")[0] }));
  world.files.write(record, `${lines.join("\n")}\n`);
}

const left = () => names.filter((name) => [...world.cloud.objects.values()].some(({ id }) => id === name));
const all = [
  "aws_cloudwatch_metric_alarm.alarm",
  "aws_cloudwatch_dashboard.overview",
  "aws_cloudwatch_log_resource_policy.policy",
];

test("what a killed run has begun to create is found by its name, and destroyed after a question of its own", async () => {
  recordBegun(...all);
  world.answering("yes");
  expect(await run(world, destroy, layers)).toBe(0);
  expect(world.printed).toContain("Import 3 objects into the state of watch, to destroy them with it?");
  expect(left()).toEqual([]);
  expect(table(world)).toEqual({ watch: "destroyed" });
});

test("--yes does not cover it, and a no leaves it", async () => {
  recordBegun(...all);
  expect(await run(world, `${destroy} --yes`, layers)).toMatchObject({
    message: expect.stringContaining(
      'Cannot destroy "watch" without approval: 3 objects of it exist, and no state has ',
    ) as string,
    hint: `To destroy them as well, run: npx ts-node scripts/provision.ts destroy --env dev --only watch --yes --confirm dev --remove-leftovers`,
    exitCode: 8,
  });
  world.answering("no");
  expect(await run(world, destroy, layers)).toMatchObject({ message: 'Cannot destroy "watch": declined' });
  expect([left(), commands(world, "apply")]).toEqual([names, []]);
  expect(await run(world, `${destroy} --yes --remove-leftovers`, layers)).toBe(0);
  expect(left()).toEqual([]);
});

test("what has neither tags nor a record is named with the command that deletes it, and stays", async () => {
  recordBegun("aws_cloudwatch_metric_alarm.alarm");
  expect(await run(world, `${destroy} --yes --remove-leftovers`, layers)).toBe(0);
  expect(left()).toEqual(["dev-overview", "dev-queries"]);
  const printed = world.printed.join("\n");
  for (const command of [
    "aws cloudwatch delete-dashboards --dashboard-names dev-overview --region us-west-2",
    "aws logs delete-resource-policy --policy-name dev-queries --region us-east-1",
  ])
    expect(printed).toContain(
      `not touched, because it may be somebody else's; to delete it, run: ${command}`,
    );
});

test("the journal of another machine's run is a sign as well: what has the tags of the layer goes", async () => {
  const who = { run: "20260101-080000-aaaa", user: "ben", host: "elsewhere", pid: 1 };
  const lines = ["started", "applying"].map((phase) =>
    JSON.stringify({
      ...{ ...who, command: "apply --env dev", time: "2026-01-01T08:00:00.000Z", phase, layer: "watch" },
    }),
  );
  world.cloud.stored.set(`dev-state/us-west-2/journal/${who.run}/dev`, `${lines.join("\n")}\n`);
  expect(await run(world, `${destroy} --yes --remove-leftovers`, layers)).toBe(0);
  expect(left()).toEqual(["dev-overview", "dev-queries"]);
});

test("what does not exist is nothing to destroy, and without a sign nothing is looked for", async () => {
  recordBegun(...all);
  for (const name of names)
    for (const [key, { id }] of world.cloud.objects) if (id === name) world.cloud.objects.delete(key);
  expect(await run(world, `${destroy} --yes`, layers)).toBe(0);
  expect(table(world)).toEqual({ watch: "nothing to destroy" });
  expect(world.ran).toContain("watch plan");
  world.ran.length = 0;
  expect(await run(world, `${destroy} --yes`, layers)).toBe(0);
  expect(world.ran).not.toContain("watch plan");
});

test("all of these types are created again by an apply", () => {
  expect(Object.keys(outlasting).filter((type) => !createdAgain.includes(type))).toEqual([]);
});
