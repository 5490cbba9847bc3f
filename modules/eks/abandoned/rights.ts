import { actions, type Condition, type LimitedActions, type RightsByType } from "../../../lib/layer/rights";

/** See `ownerTags`. */
const ownedByCluster: Condition = {
  StringEquals: { "aws:ResourceTag/kubernetes.io/cluster/{env}": "owned" },
};
const ofController: Condition = { StringEquals: { "aws:ResourceTag/elbv2.k8s.aws/cluster": "{env}" } };
const balancers = ["loadbalancer", "targetgroup"].map(
  (kind) => `elasticloadbalancing:{region}:{account}:${kind}/*`,
);

const deleted: readonly LimitedActions[] = [
  ...[ownedByCluster, ofController].map((condition) => ({
    ...{ resources: balancers, condition },
    actions: actions("elasticloadbalancing", "DeleteLoadBalancer DeleteTargetGroup"),
  })),
  {
    ...{ resources: ["ec2:{region}:{account}:volume/*"], condition: ownedByCluster },
    actions: actions("ec2", "DeleteVolume"),
  },
  // Snapshots have no account in their ARN.
  {
    ...{ resources: ["ec2:{region}::snapshot/*"], condition: ownedByCluster },
    actions: actions("ec2", "DeleteSnapshot"),
  },
];

/** Deletes what the cluster has left, and no other of its kinds; groups and interfaces are among the rights of the network. */
export const abandonedRights: RightsByType = { aws_eks_cluster: { actionsOnOtherResources: deleted } };
