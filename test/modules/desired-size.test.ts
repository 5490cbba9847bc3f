import { expect, test } from "vitest";
import { fitDesiredSizes } from "../../modules/eks/nodes/desired-size";

const group = (name: string, [min_size, desired_size, max_size]: readonly number[], action = "update") => ({
  type: "aws_eks_node_group",
  name,
  actions: [action],
  before: {},
  after: { scaling_config: [{ min_size, desired_size, max_size }] },
});

test("raises the desired size to a minimum that is above, and lowers it to a maximum that is below", () => {
  expect(
    fitDesiredSizes([group("small", [2, 1, 4]), group("large", [1, 5, 3]), group("right", [1, 2, 3])]),
  ).toEqual({
    json: {
      resource: {
        aws_eks_node_group: {
          small: {
            scaling_config: { min_size: 2, desired_size: 2, max_size: 4 },
            lifecycle: { ignore_changes: ["cluster_name"] },
          },
          large: {
            scaling_config: { min_size: 1, desired_size: 3, max_size: 3 },
            lifecycle: { ignore_changes: ["cluster_name"] },
          },
        },
      },
    },
    note: "Changes the desired size of node groups, which their new limits exclude: small 1 -> 2 (2 to 4), large 5 -> 3 (1 to 3)",
  });
});

test("leaves the desired size to the cluster autoscaler otherwise", () => {
  const alarm = {
    type: "aws_cloudwatch_metric_alarm",
    name: "nodes",
    actions: ["update"],
    before: {},
    after: {},
  };
  expect(
    fitDesiredSizes([group("right", [1, 2, 3]), group("new", [2, 1, 4], "create"), alarm]),
  ).toBeUndefined();
});
