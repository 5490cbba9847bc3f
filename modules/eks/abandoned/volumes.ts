import type { AbandonedKind } from "../../../lib/layer/abandoned";
import { allPages, awsCall, sent } from "../../../lib/layer/aws-call";
import type { Environment } from "../../../lib/layer/environment-schema";
import { object } from "./foreign";
import { isOfCluster, ownerFilters } from "./tags";

/** The EBS CSI driver writes it: https://github.com/kubernetes-sigs/aws-ebs-csi-driver/blob/v1.64.0/docs/tagging.md */
const ofDriver = { Name: "tag:ebs.csi.aws.com/cluster", Values: ["true"] };

/**
 * Of pods, by the tag of the cluster alone: that of the environment is on volumes of others as well, which are named at the end of a
 * destroy, and never deleted.
 */
export function volumes(environment: Environment): AbandonedKind {
  const [owned] = ownerFilters(environment);
  const Filters = [
    ofDriver,
    ...(owned === undefined ? [] : [owned]),
    { Name: "status", Values: ["available", "deleting"] },
  ];
  return {
    about: "volumes of pods",
    effect: "billed by the GiB",
    holdsData: true,
    actions: ["ec2:DescribeVolumes"],
    find: async (send) => {
      const { Volumes } = await send(allPages(awsCall("ec2", "DescribeVolumes", { Filters }), "Volumes"));
      const own = sent(Volumes, "Volumes").filter(({ Tags }) => isOfCluster(environment, Tags));
      return own.map(({ VolumeId = "", State, Tags }) => ({
        ...object(VolumeId, Tags),
        deleting: State === "deleting",
      }));
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
      return own.map(({ SnapshotId = "", Tags }) => object(SnapshotId, Tags));
    },
    removal: { delete: (id, send) => send(awsCall("ec2", "DeleteSnapshot", { SnapshotId: id })) },
  };
}
