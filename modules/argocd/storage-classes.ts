import { StorageClassV1 } from "@cdktf/provider-kubernetes/lib/storage-class-v1";
import type { LayerStack } from "../../lib/layer/stack";

/** User IDs of the platform's programs, which own their EFS volumes. */
const fileSystemUsers = [999, 1000] as const;

/**
 * The first is what makes the class the default. With it alone, the provider would restore it by replacing all annotations,
 * also those of others: https://github.com/hashicorp/terraform-provider-kubernetes/blob/v2.38.0/kubernetes/patch_operations.go
 */
const annotations = {
  "storageclass.kubernetes.io/is-default-class": "true",
  "kubernetes.io/description": "Encrypted volume of one pod",
};

/** Inputs of the storage classes. */
export interface Storage {
  readonly volumeKeyArn: string;
  readonly fileSystemId: string;
}

/** Adds the default class `gp3` for volumes of one pod, and `efs-999` and `efs-1000` for shared volumes. */
export function addStorageClasses(
  stack: LayerStack,
  { volumeKeyArn, fileSystemId }: Storage,
): StorageClassV1[] {
  const gp3 = new StorageClassV1(stack, "gp3", {
    metadata: { name: "gp3", annotations },
    storageProvisioner: "ebs.csi.aws.com",
    volumeBindingMode: "WaitForFirstConsumer",
    allowVolumeExpansion: true,
    parameters: {
      type: "gp3",
      encrypted: "true",
      kmsKeyId: volumeKeyArn,
      "csi.storage.k8s.io/fstype": "ext4",
      tagSpecification_1: `${stack.environment.tagKeys.environment}=${stack.environment.name}`,
    },
  });
  return [gp3, ...fileSystemUsers.map((user) => addSharedClass(stack, user, fileSystemId))];
}

function addSharedClass(stack: LayerStack, user: number, fileSystemId: string): StorageClassV1 {
  return new StorageClassV1(stack, `efs-${user}`, {
    metadata: { name: `efs-${user}` },
    storageProvisioner: "efs.csi.aws.com",
    mountOptions: ["tls"],
    parameters: {
      provisioningMode: "efs-ap",
      fileSystemId,
      basePath: "/dynamic_provisioning",
      directoryPerms: "700",
      uid: String(user),
      gid: String(user),
    },
  });
}
