import type { Abandoned } from "../../../lib/layer/abandoned";
import { awsCall } from "../../../lib/layer/aws-call";
import { loadBalancers, targetGroups } from "./balancers";
import { classicBalancers } from "./classic-balancers";
import type { Cluster } from "./cluster";
import { networkInterfaces } from "./network-interfaces";
import { securityGroups } from "./security-groups";
import { snapshots, volumes } from "./volumes";

/** What programs in the cluster have had created in the account, by the tags that they write, and by its VPC. */
export function abandonedByCluster(cluster: Cluster): Abandoned {
  const { environment } = cluster;
  const { name } = environment;
  return {
    owner: `the cluster "${name}"`,
    call: awsCall("eks", "DescribeCluster", { name }),
    actions: ["eks:DescribeCluster"],
    // A security group is in use as long as a load balancer or an interface has it.
    kinds: [
      loadBalancers(cluster),
      classicBalancers(cluster),
      targetGroups(cluster),
      networkInterfaces(cluster),
      securityGroups(cluster),
      snapshots(environment),
      volumes(environment),
    ],
  };
}
