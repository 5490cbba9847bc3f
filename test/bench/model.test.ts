import { describe, expect, test } from "vitest";
import { creationTime } from "../../lib/aws-facts/creation-times";
import { modelInstall } from "../../scripts/bench/model/install";
import { scheduleResources } from "../../synthesis/timing/layer-time";
import { installReport, limitSeconds, slots } from "../../scripts/bench/model/report";
import { criticalPath, longestChainFirst, schedule } from "../../synthesis/timing/schedule";
import { layers } from "../../modules";
import type { LayerJson } from "../../synthesis/environment";
import { loadConfig, synthLayers } from "../synth";

const task = (name: string, seconds: number, ...after: string[]) => ({ name, seconds, after });
const times = (result: ReturnType<typeof schedule>) =>
  Object.fromEntries([...result.runs.values()].map(({ name, start, end }) => [name, [start, end]]));

describe("a schedule", () => {
  // b and c wait for a; d for both; e for nothing.
  const tasks = [task("a", 10), task("b", 5, "a"), task("c", 20, "a"), task("d", 1, "b", "c"), task("e", 12)];

  test("starts each task when the last that it waits for ends", () => {
    const result = schedule(tasks, 3);
    expect(times(result)).toEqual({ a: [0, 10], b: [10, 15], c: [10, 30], d: [30, 31], e: [0, 12] });
    expect(criticalPath(result).map(({ name }) => name)).toEqual(["a", "c", "d"]);
  });

  test("runs one after another with one slot", () => {
    expect(schedule(tasks, 1).seconds).toBe(48);
  });

  test("has the task on its critical path that leaves the slot, where slots decide", () => {
    const result = schedule([task("a", 10), task("b", 4), task("c", 9)], 2);
    expect(times(result)).toEqual({ a: [0, 10], b: [0, 4], c: [4, 13] });
    expect(criticalPath(result).map(({ name, waitedForSlot }) => [name, waitedForSlot])).toEqual([
      ["b", false],
      ["c", true],
    ]);
  });

  test("starts what the end waits for first, if its tasks are sorted by the chain behind them", () => {
    const short = [task("x", 5), task("y", 5), task("long", 1), task("last", 20, "long")];
    expect(schedule(short, 2).seconds).toBe(26);
    expect(longestChainFirst(short).map(({ name }) => name)).toEqual(["long", "last", "x", "y"]);
    expect(schedule(longestChainFirst(short), 2).seconds).toBe(21);
  });

  test.each([
    ["each other", [task("a", 1, "b"), task("b", 1, "a")], '"a", "b"'],
    ["a task that is not listed", [task("a", 1, "z")], '"a"'],
  ])("refuses tasks that wait for %s", (_, impossible, names) => {
    expect(() => schedule(impossible, 2)).toThrow(`Cannot schedule ${names}: what they wait for never ends`);
  });
});

describe("a layer", () => {
  const vpc = { cidr_block: "10.0.0.0/16" };
  const json: LayerJson = {
    resource: {
      aws_vpc: { main: vpc },
      aws_nat_gateway: { a: { subnet_id: "${aws_subnet.a.id}" } },
      aws_subnet: { a: { vpc_id: "${aws_vpc.main.id}" } },
      aws_route: { a: { depends_on: ["aws_nat_gateway.a"] } },
    },
  };

  test("creates resources after those that they refer to or depend on", () => {
    expect(criticalPath(scheduleResources(json)).map(({ name, end }) => [name, end])).toEqual([
      ["aws_vpc.main", 12],
      ["aws_subnet.a", 14],
      ["aws_nat_gateway.a", 120],
      ["aws_route.a", 122],
    ]);
  });

  test("creates ten resources at a time, as Terraform does", () => {
    const zones = Object.fromEntries(Array.from({ length: 11 }, (_, index) => [`zone-${index}`, {}]));
    expect(scheduleResources({ resource: { aws_route53_zone: zones } }).seconds).toBe(90);
  });

  test("takes what its arguments decide", () => {
    expect(creationTime("aws_lb", { load_balancer_type: "network" }).seconds).toBe(157);
    expect(creationTime("helm_release", { chart: "argocd-apps" }).seconds).toBe(3);
    expect(creationTime("helm_release", { chart: "another" }).seconds).toBe(75);
    expect(creationTime("aws_iam_role", {}).seconds).toBe(2);
  });
});

describe("an install", () => {
  const bucket: LayerJson = { resource: { aws_s3_bucket: { state: {} } } };
  const state = { name: "state", needs: {}, state: "bootstrap" } as const;
  const network = { name: "network", needs: {} };
  const cluster = { name: "cluster", needs: { network } };

  test("runs each layer after the one with the state bucket and those that it needs", () => {
    const { layers, oneByOne, sideBySide } = modelInstall([state, network, cluster], () => bucket, 3);
    expect(layers.map(({ name, after }) => [name, after])).toEqual([
      ["state", []],
      ["network", ["state"]],
      ["cluster", ["state", "network"]],
    ]);
    // Init 1.5, plan 5, show 3.1, apply 5 and output 0.7 seconds, and an API call.
    expect(oneByOne).toBeCloseTo(3 * 17.3);
    expect(sideBySide.seconds).toBeCloseTo(3 * 17.3);
  });

  test("applies nothing in an empty layer", () => {
    expect(modelInstall([network], () => ({}), 3).oneByOne).toBeCloseTo(10.3);
  });

  test("is printed with its sums, its limit and the resources on its critical path", () => {
    const install = modelInstall([state, network], () => bucket, 3);
    const text = installReport(install, () => scheduleResources(bucket));
    expect(text.split("\n").slice(-5)).toEqual([
      "one after another: 0m35s",
      "3 side by side: 0m35s (limit 20m45s: within)",
      "critical path: state -> network",
      "  state: aws_s3_bucket.state, 0m02s",
      "  network: aws_s3_bucket.state, 0m02s",
    ]);
  });

  test("that takes longer than its limit is printed as such", () => {
    const slow: LayerJson = { resource: { aws_eks_cluster: { a: {}, b: { x: "${aws_eks_cluster.a.id}" } } } };
    const install = modelInstall([network, cluster], () => slow, 3);
    expect(installReport(install, () => scheduleResources(slow))).toContain("(limit 20m45s: EXCEEDED)");
  });
});

test("the example is installed within the limit, by layers side by side", () => {
  const json = synthLayers(loadConfig());
  const { oneByOne, sideBySide } = modelInstall(layers, (layer) => json[layer] ?? {}, slots);
  expect(sideBySide.seconds).toBeLessThanOrEqual(limitSeconds);
  expect(sideBySide.seconds).toBeLessThan(oneByOne / 2);
});
