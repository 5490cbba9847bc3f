import type { Abandoned } from "../../../lib/layer/abandoned";
import { awsCall } from "../../../lib/layer/aws-call";
import type { Environment } from "../../../lib/layer/environment-schema";
import { classicBalancers, loadBalancers, targetGroups } from "./balancers";
import { networkInterfaces, securityGroups } from "./network";
import { snapshots, volumes } from "./volumes";

/** What programs in the cluster have had created in the account, by the tags that they write; the cluster is named as the environment. */
export function abandonedByCluster(environment: Environment): Abandoned {
  const { name } = environment;
  return {
    owner: `the cluster "${name}"`,
    call: awsCall("eks", "DescribeCluster", { name }),
    actions: ["eks:DescribeCluster"],
    // A security group is in use as long as a load balancer or an interface has it.
    kinds: [
      loadBalancers(environment),
      classicBalancers(environment),
      targetGroups(environment),
      networkInterfaces(environment),
      securityGroups(environment),
      snapshots(environment),
      volumes(environment),
    ],
  };
}
