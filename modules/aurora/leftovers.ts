import { allPages, awsCall } from "../../lib/layer/aws-call";
import type { Environment } from "../../lib/layer/environment-schema";
import { question, type Question } from "../../lib/layer/survey";
import { clusterIdentifier } from "./engine-version";

/** Asks for snapshots of the cluster, which AWS keeps, and bills, until they are deleted. */
export function snapshotsQuestion(environment: Environment): Question {
  const { region } = environment;
  const request = { DBClusterIdentifier: clusterIdentifier(environment), SnapshotType: "manual" };
  return question({
    about: "snapshots of the database",
    call: allPages(awsCall("rds", "DescribeDBClusterSnapshots", request), "DBClusterSnapshots"),
    actions: ["rds:DescribeDBClusterSnapshots"],
    finding: ({ DBClusterSnapshots = [] }) => {
      if (DBClusterSnapshots.length === 0) return undefined;
      const names = DBClusterSnapshots.map(({ DBClusterSnapshotIdentifier: id = "" }) => id).join(", ");
      const remove = `aws rds delete-db-cluster-snapshot --region ${region} --db-cluster-snapshot-identifier <name>`;
      return `Snapshots of the database are left: ${names}; to restore one, see docs/disaster-recovery.md; to delete each, run: ${remove}`;
    },
  });
}
