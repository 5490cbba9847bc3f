import type { AbandonedKind } from "../../../lib/layer/abandoned";
import { allPages, awsCall, sent } from "../../../lib/layer/aws-call";
import type { Environment } from "../../../lib/layer/environment-schema";
import { isOfCluster, ownerFilters } from "./tags";

/** The EBS CSI driver writes it: https://github.com/kubernetes-sigs/aws-ebs-csi-driver/blob/v1.64.0/docs/tagging.md */
const ofDriver = { Name: "tag:ebs.csi.aws.com/cluster", Values: ["true"] };

/** Of pods: those with the tag of the cluster, and those of the product's storage class, which has the tag of the environment. */
export function volumes({ name, tagKeys }: Environment): AbandonedKind {
  const [owned] = ownerFilters({ name });
  const environment = { Name: `tag:${tagKeys.environment}`, Values: [name] };
  return {
    about: "volumes of pods",
    effect: "billed by the GiB",
    holdsData: true,
    actions: ["ec2:DescribeVolumes"],
    find: async (send) => {
      const lists = [owned, environment].flatMap((filter) =>
        filter === undefined ? [] : [[ofDriver, filter]],
      );
      const found = await Promise.all(
        lists.map((Filters) => send(allPages(awsCall("ec2", "DescribeVolumes", { Filters }), "Volumes"))),
      );
      const all = found.flatMap(({ Volumes }) => sent(Volumes, "Volumes"));
      const deleting = new Map(all.map(({ VolumeId = "", State }) => [VolumeId, State === "deleting"]));
      return [...deleting].map(([id, isDeleting]) => ({ id, deleting: isDeleting }));
    },
    removal: { delete: (id, send) => send(awsCall("ec2", "DeleteVolume", { VolumeId: id })) },
  };
}

/** Of volumes of pods, by objects in the cluster; not those of AWS Backup, which has another tag, and deletes its own. */
export function snapshots(environment: Environment): AbandonedKind {
  const [owned] = ownerFilters(environment);
  const named = { Name: "tag-key", Values: ["CSIVolumeSnapshotName"] };
  const Filters = [ofDriver, named, ...(owned === undefined ? [] : [owned])];
  return {
    about: "snapshots of volumes of pods",
    effect: "billed by the GiB",
    holdsData: true,
    actions: ["ec2:DescribeSnapshots"],
    find: async (send) => {
      const call = awsCall("ec2", "DescribeSnapshots", { OwnerIds: ["self"], Filters });
      const { Snapshots } = await send(allPages(call, "Snapshots"));
      const own = sent(Snapshots, "Snapshots").filter(({ Tags }) => isOfCluster(environment, Tags));
      return own.map(({ SnapshotId: id = "" }) => ({ id }));
    },
    removal: { delete: (id, send) => send(awsCall("ec2", "DeleteSnapshot", { SnapshotId: id })) },
  };
}
