import { z } from "zod";
import { UserError } from "../../lib/errors";
import type { SynthesisedJson } from "../../synthesis/environment";
import type { Resource } from "../../synthesis/resource";
import { type InstanceType, describeInstanceType } from "../../lib/aws-facts/instance-types";
import { podsSetByEks } from "../../lib/aws-facts/node-pods";
import { kubeletConfigInFiles } from "../../synthesis/node-config";

/** One group of nodes, as its synthesised resources have it. */
export interface NodeGroup {
  readonly name: string;
  readonly instance: InstanceType;
  readonly min: number;
  readonly desired: number;
  readonly max: number;
  /** Nodes that EKS starts beyond `max` while it replaces the group's nodes. */
  readonly surge: number;
  readonly maxPods: number;
  readonly diskGiB: number;
  readonly zones: number;
  /** Pods of all kinds may run here, not only those that tolerate a taint. */
  readonly open: boolean;
  readonly labels: Readonly<Record<string, string>>;
}

/** The managed node groups of an environment. */
export function nodeGroupsOf(synthesised: SynthesisedJson): readonly NodeGroup[] {
  return synthesised.of("aws_eks_node_group").map((group) => nodeGroup(synthesised, group));
}

function nodeGroup(synthesised: SynthesisedJson, group: Resource): NodeGroup {
  const [template] = synthesised.targets(group, "launch_template.id");
  if (template === undefined) throw new Error(`${group.address} has no launch template`);
  const type = template.texts("instance_type")[0] ?? "";
  const instance = describeInstanceType(type);
  if (instance === undefined) throw unknownType(group, type);
  const zones = group.values("subnet_ids").length;
  const max = number(group, "scaling_config.max_size");
  return {
    name: group.name.replace(/-nodes$/, ""),
    instance,
    min: number(group, "scaling_config.min_size"),
    desired: number(group, "scaling_config.desired_size"),
    max,
    surge: surge(group, { zones, max }),
    maxPods: maxPods(template) ?? podsSetByEks(instance),
    diskGiB: number(template, "block_device_mappings.ebs.volume_size"),
    zones,
    open: !group.has("taint"),
    labels: z.record(z.string(), z.string()).catch({}).parse(group.given["labels"]),
  };
}

function unknownType({ name }: Resource, type: string): UserError {
  return new UserError(
    `Cannot size the nodes of "${name.replace(/-nodes$/, "")}": nothing is known of instance type "${type}"`,
    "Choose another instanceType in layers.eks.nodeGroups, or add its size to lib/aws-facts/instance-interfaces.ts",
  );
}

/** https://docs.aws.amazon.com/eks/latest/userguide/managed-node-update-behavior.html, "Scale up phase". */
function surge(group: Resource, { zones, max }: { zones: number; max: number }): number {
  const percentage = Number(group.texts("update_config.max_unavailable_percentage")[0] ?? 0);
  const count = Number(group.texts("update_config.max_unavailable")[0] ?? 1);
  return Math.max(2 * zones, count, Math.floor((max * percentage) / 100));
}

function maxPods(template: Resource): number | undefined {
  return z.int().optional().parse(kubeletConfigInFiles(template)["maxPods"]);
}

function number(resource: Resource, path: string): number {
  return z.coerce.number().parse(resource.texts(path)[0]);
}
