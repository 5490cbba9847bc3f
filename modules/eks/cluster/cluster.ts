import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { EksCluster } from "@cdktf/provider-aws/lib/eks-cluster";
import type { z } from "zod";
import type { Keyed } from "../../../lib/layer/outputs";
import type { LayerStack } from "../../../lib/layer/stack";
import { addClusterRole } from "./role";
import type { Settings } from "../settings";

/** What other layers give to the cluster. */
interface ClusterInputs {
  readonly secretsKeyArn: string;
  readonly logsKeyArn: string;
  readonly privateSubnetIds: Keyed;
}

/** Adds the control plane. Its name is the environment's: applications and operators rely on that. */
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
    // Every add-on is ours and pinned; those EKS would install itself have versions of its own choosing.
    bootstrapSelfManagedAddons: false,
    encryptionConfig: { resources: ["secrets"], provider: { keyArn: inputs.secretsKeyArn } },
    kubernetesNetworkConfig: { ipFamily: "ipv4", serviceIpv4Cidr: settings.serviceIpv4Cidr },
    vpcConfig: {
      subnetIds: zones.map((zone) => inputs.privateSubnetIds.at(zone)),
      ...endpointAccess(settings),
    },
    enabledClusterLogTypes: ["api", "audit", "authenticator", "controllerManager", "scheduler"],
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

/** EKS would make the log group itself, unencrypted and kept forever. */
function addLogGroup(stack: LayerStack, settings: z.output<typeof Settings>, keyArn: string) {
  return new CloudwatchLogGroup(stack, "control-plane-log", {
    name: `/aws/eks/${stack.environment.name}/cluster`,
    kmsKeyId: keyArn,
    retentionInDays: settings.logRetentionDays,
  });
}
