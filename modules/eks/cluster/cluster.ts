import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { EksCluster } from "@cdktf/provider-aws/lib/eks-cluster";
import type { z } from "zod";
import type { Keyed } from "../../../lib/layer/outputs";
import type { LayerStack } from "../../../lib/layer/stack";
import { addClusterRole } from "./role";
import type { Settings } from "../settings";

/** Outputs of other layers that the cluster uses. */
interface ClusterInputs {
  readonly secretsKeyArn: string;
  readonly logsKeyArn: string;
  readonly privateSubnetIds: Keyed;
}

const logTypes = ["api", "audit", "authenticator", "controllerManager", "scheduler"];

/** Adds the control plane. Applications and operators rely on its name, which is the environment's. */
export function addCluster(
  stack: LayerStack,
  settings: z.output<typeof Settings>,
  inputs: ClusterInputs,
): EksCluster {
  const { name, zones } = stack.environment;
  const role = addClusterRole(stack, inputs.secretsKeyArn);
  return new EksCluster(stack, "cluster", {
    name,
    version: settings.version,
    roleArn: role.arn,
    upgradePolicy: { supportType: settings.supportType },
    accessConfig: { authenticationMode: "API", bootstrapClusterCreatorAdminPermissions: false },
    // Every add-on is managed here with a pinned version; EKS would install its default versions.
    bootstrapSelfManagedAddons: false,
    encryptionConfig: { resources: ["secrets"], provider: { keyArn: inputs.secretsKeyArn } },
    kubernetesNetworkConfig: { ipFamily: "ipv4", serviceIpv4Cidr: settings.serviceIpv4Cidr },
    vpcConfig: {
      subnetIds: zones.map((zone) => inputs.privateSubnetIds.at(zone)),
      ...endpointAccess(settings),
    },
    // Off before the cluster is destroyed: what it logs last would create the deleted log group again, and the next
    // apply would fail. https://github.com/terraform-aws-modules/terraform-aws-eks/issues/2763
    enabledClusterLogTypes: stack.deletionProtection ? logTypes : [],
    dependsOn: [...role.permissions, addLogGroup(stack, settings, inputs.logsKeyArn)],
  });
}

function endpointAccess({ publicAccessCidrs }: z.output<typeof Settings>) {
  const open = publicAccessCidrs.length > 0;
  return {
    endpointPrivateAccess: true,
    endpointPublicAccess: open,
    ...(open ? { publicAccessCidrs } : {}),
  };
}

/** EKS would create the log group itself, unencrypted and without expiry. */
function addLogGroup(stack: LayerStack, settings: z.output<typeof Settings>, keyArn: string) {
  return new CloudwatchLogGroup(stack, "control-plane-log", {
    name: `/aws/eks/${stack.environment.name}/cluster`,
    kmsKeyId: keyArn,
    retentionInDays: settings.logRetentionDays,
  });
}
