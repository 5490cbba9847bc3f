import { expect, test } from "vitest";
import type { DeclaringLayer } from "../../capacity/context";
import type { Price } from "../../lib/layer/prices";
import type { Quota, QuotaUse } from "../../lib/layer/quotas";
import { exampleWith, type RawLayers, reportOf, totalOf } from "./synthesised";

const queues: Quota = {
  service: "sqs",
  code: "L-TOY",
  name: "Queues that a test invented",
  default: 2,
  scope: "region",
};
const addresses = { service: "ec2", code: "L-0263D0A3", name: "EC2-VPC Elastic IPs", default: 5 };
const elasticIps: Quota = { ...addresses, scope: "region" };
const requests: Price = { item: "queue requests", unit: "million", usd: 0.4, amount: [1, 10], assumed: true };

/** The example with a layer of these resources, which declares this. */
function shopWith(
  resource: Readonly<Record<string, object>>,
  declared: Omit<DeclaringLayer, "name"> = {},
  options = {},
) {
  const change = (json: RawLayers) => {
    json["shop"] = { resource };
  };
  return reportOf(options, change, [{ name: "shop", ...declared }]);
}

const two = { aws_sqs_queue: { orders: { max: 3 }, returns: { max: 4 } } };
const need = ({ quotas }: ReturnType<typeof reportOf>, code: string) =>
  quotas.find(({ quota }) => quota.code === code);
const linesOf = ({ cost }: ReturnType<typeof reportOf>, topic = "shop") =>
  cost.lines.filter((line) => line.topic === topic);

test("a declared price is multiplied with every resource of the layer, and is in the total", () => {
  const report = shopWith(two, { prices: { aws_sqs_queue: [requests] } });
  expect(linesOf(report)).toMatchObject([
    { item: "queue requests", amount: "2 to 20 million", usd: [0.8, 8], assumed: true, priced: true },
  ]);
  expect(totalOf(report)[1] - totalOf(reportOf())[1]).toBeCloseTo(8);
  expect(report.cost.notPriced).toEqual([]);
});

test("a declared amount can depend on the arguments, and a price be billed by the hour", () => {
  const price: Price = {
    item: "hosts",
    unit: "host",
    usd: 0.1,
    hourly: true,
    amount: ({ max }) => Number(max),
  };
  const [line] = linesOf(shopWith(two, { prices: { aws_sqs_queue: [price] } }));
  expect(line).toMatchObject({ amount: "7 hosts", assumed: false });
  expect(line?.usd[0]).toBeCloseTo(7 * 730 * 0.1);
});

test("a declared price of the region is used, or that of the region the estimate is based on", () => {
  const usd = { "us-west-2": 1, "eu-central-1": 2, "eu-west-1": 3 };
  const prices = { aws_sqs_queue: [{ item: "queues", unit: "queue", usd }] };
  const costIn = (region: string) => linesOf(shopWith(two, { prices }, exampleWith({ region })))[0]?.usd[0];
  expect(["us-west-2", "eu-west-1", "eu-north-1"].map(costIn)).toEqual([2, 6, 4]);
});

test("a declared price that no region here has is named, and adds nothing", () => {
  const prices = { aws_sqs_queue: [{ item: "queues", unit: "queue", usd: { "ap-south-1": 1 } }] };
  const { cost } = shopWith(two, { prices });
  expect(cost.notes).toContain("Not in the total, because the table has no price: queues");
  expect(cost.total).toEqual(reportOf().cost.total);
});

test("a type that costs nothing is declared without prices", () => {
  const report = shopWith(two, { prices: { aws_sqs_queue: [] } });
  expect(linesOf(report)).toEqual([]);
  expect(report.cost.notPriced).toEqual([]);
});

test("types without a price are listed once, with their layer; other providers' are not", () => {
  const report = shopWith({ ...two, helm_release: { chart: {} }, aws_mq_broker: { broker: {} } });
  expect(report.cost.notPriced).toEqual([
    { layer: "shop", type: "aws_sqs_queue" },
    { layer: "shop", type: "aws_mq_broker" },
  ]);
  expect(report.cost.total).toEqual(reportOf().cost.total);
});

test("what one layer declares is not known of another", () => {
  const change = (json: RawLayers) => {
    json["shop"] = { resource: two };
    json["store"] = { resource: two };
  };
  const report = reportOf({}, change, [{ name: "shop", prices: { aws_sqs_queue: [requests] } }]);
  expect(report.cost.notPriced).toEqual([{ layer: "store", type: "aws_sqs_queue" }]);
  expect(linesOf(report)).toMatchObject([{ amount: "2 to 20 million" }]);
});

test("a declared price of a type that the estimate counts is not counted twice, and the report says so", () => {
  const one = { aws_eip: { door: {} } };
  const price: Price = { item: "doors", unit: "door", usd: 100 };
  const report = shopWith(one, { prices: { aws_eip: [price] } });
  expect(report.cost.total).toEqual(shopWith(one).cost.total);
  expect(report.cost.notes).toContain(
    'The prices that layer "shop" declares for aws_eip are not used: the estimate counts it already',
  );
});

test("a declared price stands for the unknown use of a type", () => {
  const one = { aws_lambda_function: { proxy: {} } };
  const unknown = /nothing is known of their use: .*Lambda functions/;
  const price: Price = { item: "calls", unit: "million", usd: 0.2 };
  expect(shopWith(one).cost.notes.join("\n")).toMatch(unknown);
  const report = shopWith(one, { prices: { aws_lambda_function: [price] } });
  expect(report.cost.notes.join("\n")).not.toMatch(unknown);
  expect(linesOf(report)).toMatchObject([{ item: "calls", usd: [0.2, 0.2] }]);
});

test("a declared quota is counted in the layer's resources, and raised as any other", () => {
  const uses: readonly QuotaUse[] = [
    { quota: queues },
    { quota: { ...queues, code: "L-MAX" }, amount: ({ max }) => Number(max) },
  ];
  const report = shopWith(two, { quotas: { aws_sqs_queue: uses } });
  expect(need(report, "L-TOY")).toMatchObject({ quota: queues, needed: 2, exceeded: false });
  expect(need(report, "L-MAX")).toMatchObject({ needed: 7, exceeded: true });
  expect(need(report, "L-MAX")?.raise).toMatch(/--service-code sqs --quota-code L-MAX --desired-value 7$/);
});

test("a declared use of a quota of the shared table is added to it", () => {
  const uses = [{ quota: elasticIps, amount: () => 2 }];
  const report = shopWith(two, { quotas: { aws_sqs_queue: uses } });
  expect(need(report, "L-0263D0A3")).toMatchObject({ needed: 3 + 4, exceeded: true });
  expect(report.quotaNotes).toEqual([]);
});

test("a type that the shared table counts for a quota is not counted twice", () => {
  const report = shopWith({ aws_eip: { door: {} } }, { quotas: { aws_eip: [{ quota: elasticIps }] } });
  expect(need(report, "L-0263D0A3")?.needed).toBe(4);
});

test("a declaration that contradicts the shared table is not used, and the report says so", () => {
  const uses = [{ quota: { ...elasticIps, default: 50 } }];
  const report = shopWith(two, { quotas: { aws_sqs_queue: uses } });
  expect(need(report, "L-0263D0A3")).toMatchObject({ quota: { default: 5 }, needed: 5 });
  expect(report.quotaNotes).toEqual([
    'The default of ec2/L-0263D0A3 is taken as 5 for each region, not as 50 for each region, which layer "shop" declares',
  ]);
});
