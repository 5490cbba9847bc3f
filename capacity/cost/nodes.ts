import { applicationVolumes } from "../fit/application-volumes";
import { type CostBasis, type CostLine, costLines } from "./line";
import { describeInstanceType } from "../../lib/aws-facts/instance-types";
import type { NodeGroup } from "../fit/node-groups";

/** EC2 publishes seven metrics by the minute for an instance with detailed monitoring. */
const detailedMetrics = 7;

/** The cluster, its nodes with their disks, the volumes of applications, and the bastion. */
export function costOfNodes(basis: CostBasis): readonly CostLine[] {
  const { synthesised, prices } = basis;
  const clusters = costLines([
    {
      topic: "nodes",
      item: "EKS control plane, in standard support",
      price: prices.of("clusterHour"),
      amount: synthesised.of("aws_eks_cluster").length,
      unit: "cluster",
      hourly: true,
    },
  ]);
  return [...clusters, ...nodes(basis), ...volumes(basis), ...bastions(basis), ...metrics(basis)];
}

function nodes({ groups, prices }: CostBasis): readonly CostLine[] {
  const total = (chosen: CostBasis["groups"], of: (group: NodeGroup, size: "min" | "max") => number) => {
    const sum = (size: "min" | "max") => chosen.reduce((all, group) => all + of(group, size), 0);
    return [sum("min"), sum("max")] as const;
  };
  const types = new Map(groups.map(({ instance }) => [instance.name, instance]));
  const byType = [...types.values()].map((instance) => ({
    topic: "nodes" as const,
    item: `nodes, ${instance.name}`,
    price: prices.instanceHour(instance),
    amount: total(
      groups.filter((group) => group.instance.name === instance.name),
      (group, size) => group[size],
    ),
    unit: "node",
    hourly: true as const,
  }));
  const disks = {
    topic: "nodes" as const,
    item: "disks of nodes",
    price: prices.of("volumeGb"),
    amount: total(groups, (group, size) => group[size] * group.diskGiB),
    unit: "GB",
  };
  return costLines([...byType, disks]);
}

function volumes({ scaleProfile, groups, prices }: CostBasis): readonly CostLine[] {
  const { observability, others, sizeGiB } = applicationVolumes[scaleProfile];
  return costLines([
    {
      topic: "nodes",
      item: "volumes of applications",
      price: prices.of("volumeGb"),
      amount: groups.length === 0 ? 0 : [others * 10, (observability + others) * sizeGiB],
      unit: "GB",
      assumed: true,
    },
  ]);
}

function bastions({ synthesised, prices }: CostBasis): readonly CostLine[] {
  return synthesised.of("aws_instance").flatMap((resource) => {
    const name = resource.texts("instance_type")[0] ?? "";
    const instance = describeInstanceType(name);
    return costLines([
      {
        topic: "nodes",
        item: `${resource.name}, ${name}`,
        price: instance && prices.instanceHour(instance),
        amount: 1,
        unit: "instance",
        hourly: true,
      },
    ]);
  });
}

function metrics({ synthesised, groups, prices }: CostBasis): readonly CostLine[] {
  const single = synthesised.of("aws_instance").filter((instance) => instance.is("monitoring", true)).length;
  const instances = (size: "min" | "max") => groups.reduce((sum, group) => sum + group[size], single);
  return costLines([
    {
      topic: "monitoring",
      item: "detailed monitoring of instances",
      price: prices.of("metric"),
      amount: [detailedMetrics * instances("min"), detailedMetrics * instances("max")],
      unit: "metric",
    },
  ]);
}
