import { z } from "zod";
import type { Override, PlannedChange } from "../../../lib/layer/override";

const sizes = z.object({ min_size: z.number(), desired_size: z.number(), max_size: z.number() });
const planned = z.object({ scaling_config: z.tuple([sizes]) });

/**
 * Sets the desired size of a node group where new limits exclude it. Terraform ignores it otherwise, because the cluster
 * autoscaler changes it, and EKS would refuse the update: "Minimum capacity 2 can't be greater than desired size 1",
 * https://github.com/hashicorp/terraform-provider-aws/issues/18310
 */
export function fitDesiredSizes(changes: readonly PlannedChange[]): Override | undefined {
  const fitted = changes.flatMap(fittedGroup);
  if (fitted.length === 0) return undefined;
  const groups = fitted.map(({ name, scaling, before }) => {
    const { desired_size, min_size, max_size } = scaling;
    const json = { scaling_config: scaling, lifecycle: { ignore_changes: nothingElse } };
    return { name, json, text: `${name} ${before} -> ${desired_size} (${min_size} to ${max_size})` };
  });
  return {
    json: {
      resource: { aws_eks_node_group: Object.fromEntries(groups.map(({ name, json }) => [name, json])) },
    },
    note: `Changes the desired size of node groups, which their new limits exclude: ${groups.map(({ text }) => text).join(", ")}`,
  };
}

/** Terraform keeps the list of the layer if the override's is empty; no plan ever changes this argument. */
const nothingElse = ["cluster_name"];

function fittedGroup({ type, name, actions, after }: PlannedChange) {
  if (type !== "aws_eks_node_group" || !actions.includes("update")) return [];
  const [scaling] = planned.parse(after).scaling_config;
  const { min_size, desired_size: before, max_size } = scaling;
  const desired_size = Math.min(Math.max(before, min_size), max_size);
  return desired_size === before ? [] : [{ name, before, scaling: { ...scaling, desired_size } }];
}
