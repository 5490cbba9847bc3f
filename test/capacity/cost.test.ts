import pc from "picocolors";
import { describe, expect, test } from "vitest";
import { costDrivers, parts } from "../../capacity/cost/drivers";
import { pricesFor, priceSource } from "../../capacity/cost/prices";
import { profileCosts } from "../../capacity/profile-costs";
import { capacityText } from "../../capacity/text";
import { scaleProfiles } from "../../lib/layer/environment-schema";
import { exampleWith, type RawLayers, reportOf, totalOf } from "./synthesised";

type Report = ReturnType<typeof reportOf>;
const line = ({ cost }: Report, item: string) => cost.lines.find((found) => found.item.startsWith(item))!;

describe("a month of the example", () => {
  const report = reportOf();

  test("costs what its lines cost, low and high", () => {
    const sum = (end: 0 | 1) => report.cost.lines.reduce((total, { usd }) => total + usd[end], 0);
    expect(report.cost.total).toEqual([sum(0), sum(1)]);
    expect(report.cost.lines.filter(({ usd: [low, high] }) => low > high)).toEqual([]);
    expect(totalOf(report)[0]).toBeGreaterThan(0);
  });

  test("has three NAT gateways for all of the month", () => {
    expect(line(report, "NAT gateways")).toMatchObject({ amount: "3 gateways", assumed: false });
    expect(line(report, "NAT gateways").usd[0]).toBeCloseTo(3 * 730 * 0.045);
  });

  test("has one with the setting for development, to which two zones of three pay for the way", () => {
    const network = { source: "new", natGateways: "single" };
    const single = reportOf({ edit: (raw) => void (raw.layers.vpc.network = network) });
    expect(line(single, "NAT gateways")).toMatchObject({ amount: "1 gateway" });
    expect(line(single, "public IPv4 addresses").usd[0]).toBeCloseTo(
      line(report, "public IPv4 addresses").usd[0] - 2 * 730 * 0.005,
    );
    const through = line(single, "through NAT gateways").usd.map((usd) => usd / 0.045);
    const between = line(single, "to NAT gateways in another zone");
    expect(between.assumed).toBe(true);
    for (const end of [0, 1] as const)
      expect(between.usd[end]).toBeCloseTo(((through[end] ?? 0) * 2 * 0.02) / 3);
    expect(line(report, "to NAT gateways in another zone")).toBeUndefined();
    // As configs/example.yaml and the description of the setting say.
    const saved = (item: string) => line(report, item).usd[0] - line(single, item).usd[0];
    expect(Math.round(saved("NAT gateways") + saved("public IPv4 addresses"))).toBe(73);
  });

  test("has between the fewest and the most nodes", () => {
    const nodes = (size: "min" | "max") => report.nodeGroups.reduce((sum, group) => sum + group[size], 0);
    const [low, high] = line(report, "nodes, t3.2xlarge").usd;
    expect(low).toBeCloseTo(nodes("min") * 730 * 0.3328);
    expect(high).toBeCloseTo(nodes("max") * 730 * 0.3328);
  });

  test("lists assumed amounts, and the source and age of prices", () => {
    expect(line(report, "to the internet").assumed).toBe(true);
    expect(report.cost.notes.join("\n")).toContain(`Prices of us-west-2, compiled ${priceSource.compiled}`);
  });
});

test("a larger profile never costs less", () => {
  const totals = scaleProfiles.map((scaleProfile) => totalOf(reportOf(exampleWith({ scaleProfile }))));
  const [lows, highs] = [totals.map(([low]) => low), totals.map(([, high]) => high)];
  expect(lows).toEqual(lows.toSorted((a, b) => a - b));
  expect(highs).toEqual(highs.toSorted((a, b) => a - b));
});

test.each(scaleProfiles)("profile %s costs what init says before it is chosen, within a tenth", (profile) => {
  const total = totalOf(reportOf(exampleWith({ scaleProfile: profile })));
  for (const end of [0, 1] as const)
    expect(Math.abs(profileCosts[profile][end] / total[end] - 1)).toBeLessThan(0.1);
});

test("what decides the cost is named with its settings: every part is found, and little is left over", () => {
  const report = reportOf();
  const total = totalOf(report);
  const drivers = costDrivers({ ...report.cost, total });
  expect(drivers.map(({ part }) => part).toSorted()).toEqual(parts.map(({ part }) => part).toSorted());
  for (const end of [0, 1] as const)
    expect(drivers.reduce((sum, { usd }) => sum + usd[end], 0)).toBeCloseTo(total[end]);
  expect(drivers.at(-1)?.part).toBe("everything else");
  expect(drivers.at(-1)?.usd[1]).toBeLessThan(0.06 * total[1]);
  expect(drivers[0]?.part).toBe("nodes and volumes");
});

test.each([
  ["us-east-1", 0.045],
  ["us-west-2", 0.045],
  ["eu-central-1", 0.052],
])("%s has prices of its own", (region, natHour) => {
  const prices = pricesFor({ region, partition: "aws" });
  expect(prices).toMatchObject({ region, note: undefined });
  expect(prices?.of("natHour")).toBe(natHour);
});

test.each([
  ["eu-west-1", "eu-central-1"],
  ["us-east-2", "us-west-2"],
])("%s is estimated with the prices of %s, and says so", (region, used) => {
  const report = reportOf(exampleWith({ region }));
  expect(totalOf(report)[0]).toBeGreaterThan(0);
  expect(report.cost.notes[0]).toBe(`The table has no prices for ${region}: these are those of ${used}`);
});

test.each([
  ["ap-southeast-1", "aws"],
  ["us-gov-west-1", "aws-us-gov"],
  ["cn-north-1", "aws-cn"],
])("%s is not estimated rather than estimated wrongly", (region, partition) => {
  const report = reportOf(exampleWith({ region, partition }));
  expect(report.cost).toEqual({
    lines: [],
    total: null,
    notPriced: [],
    notes: [`No estimate: the price table has no prices for ${region}`],
  });
  const text = capacityText({ ink: pc.createColors(false), columns: Infinity }, report);
  expect(text).toMatch(/│ total +│ +│ +│ +unknown │ +unknown │/);
});

test("an instance family without a price is named and adds nothing", () => {
  const report = reportOf({}, (json) => {
    json["network-operations"].resource.aws_instance.bastion.instance_type = "z1d.large";
  });
  expect(line(report, "bastion").usd).toEqual([0, 0]);
  expect(report.cost.notes).toContain("Not in the total, because the table has no price: bastion, z1d.large");
});

test("items billed by unknown use are listed in one note", () => {
  const { cost } = reportOf({}, (json) => {
    json["vpc"].resource.aws_lambda_function = { proxy: {} };
  });
  expect(cost.notes.filter((note) => note.includes("nothing is known"))).toEqual([
    "Not in the total, because nothing is known of their use: Lambda functions; restore tests; CloudTrail data events",
  ]);
});

describe("logs of requests to web ACLs", () => {
  const thousand = exampleWith({ scaleProfile: "1ken" });
  const logAll = (json: RawLayers) => {
    for (const name of ["traefik", "argocd"])
      delete json["lb-waf"].resource[logging][`${name}-web-acl-log-configuration`].logging_filter;
  };
  const logging = "aws_wafv2_web_acl_logging_configuration";

  test("cost 1 USD per million requests where all are logged", () => {
    const report = reportOf(exampleWith({ scaleProfile: "100en" }));
    expect(line(report, "logs of requests").usd).toEqual([5, 45]);
    expect(line(report, "requests that web ACLs inspect").amount).toBe("5 to 45 million");
  });

  test("cost little from 500 edge nodes, unless all requests are logged on purpose", () => {
    expect(line(reportOf(thousand), "logs of requests").usd[1]).toBeLessThan(10);
    expect(line(reportOf(thousand, logAll), "logs of requests").usd[1]).toBeGreaterThan(400);
  });
});

test("protections of Shield Advanced bring the price of its subscription, once", () => {
  const { cost } = reportOf({}, (json) => {
    json["lb-waf"].resource.aws_shield_protection = { one: {}, two: {} };
  });
  expect(cost.lines.find(({ item }) => item.startsWith("Shield"))?.usd).toEqual([3000, 3000]);
});
