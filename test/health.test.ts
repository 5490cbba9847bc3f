import { describe, expect, test } from "vitest";
import { healthByType } from "../lib/aws-facts/health/index";
import type { Health } from "../lib/layer/health";
import { deployerRights } from "../policy/deployer/index";
import { synthesiseEnvironment } from "./policy/environments";
import { builtInTypes } from "./resource-types";

const asked = Object.entries(healthByType).filter(
  (entry): entry is [string, Health] => entry[1] !== "exists",
);

test("every type in use is asked about, or complete once it exists; and no other type is listed", () => {
  const inUse = builtInTypes(["aws", "kubernetes"]);
  expect(inUse.filter((type) => healthByType[type] === undefined)).toEqual([]);
  expect(Object.keys(healthByType).filter((type) => !inUse.includes(type))).toEqual([]);
});

describe("the question about", () => {
  const { synthesised, environment } = synthesiseEnvironment("example", "1ken", "aws");
  const allowed = new Set(
    deployerRights(synthesised, environment).policies.flatMap(({ Statement }) =>
      Statement.flatMap(({ Action }) => Action),
    ),
  );

  test.each(asked)("%s needs no other right than the provider does", (_, { action }) => {
    expect([...allowed]).toContain(action);
  });

  test.each(asked)(
    "%s takes no word for both healthy and busy, and no empty answer for healthy",
    (_, one) => {
      expect(one.healthy.filter((word) => one.busy.includes(word))).toEqual([]);
      expect(one.healthy).not.toEqual([]);
      expect(one.state({})).toBeUndefined();
    },
  );

  test.each([
    ["aws_eks_node_group", "dev:main", { clusterName: "dev", nodegroupName: "main" }],
    ["aws_eks_addon", "dev:coredns", { clusterName: "dev", addonName: "coredns" }],
    ["aws_lb", "arn:lb", { LoadBalancerArns: ["arn:lb"] }],
    ["aws_rds_cluster_instance", "dev-1", { DBInstanceIdentifier: "dev-1" }],
  ])("%s takes its names from the ID in the state", (type, id, input) => {
    const one = healthByType[type];
    expect(typeof one === "object" && one.ask(id)).toMatchObject({ call: { input } });
  });
});
