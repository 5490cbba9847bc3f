import { z } from "zod";
import type { AwsCli } from "../../aws/cli-client";
import { arn, appliedOutputs } from "../../terraform/applied-outputs";
import type { Restorable } from "./restore";
import type { Run } from "../../run/run";

const auroraFacts = z.object({
  clusterIdentifier: z.string(),
  clusterArn: arn,
  securityGroupId: z.string(),
  subnetGroupName: z.string(),
});
const keyFacts = z.object({ keyArns: z.object({ data: arn }) });
const capacity = z.object({ minCapacityAcu: z.number(), maxCapacityAcu: z.number() });
const clusters = z.object({ DBClusters: z.tuple([z.object({ Endpoint: z.string() })], z.unknown()) });

/** The Aurora cluster, restored to a new one in the same subnets, with an instance and a password of its own. */
export async function restorableDatabase(run: Run, stamp: string): Promise<Restorable> {
  const aurora = await appliedOutputs(run, "aurora", auroraFacts);
  const { keyArns } = await appliedOutputs(run, "kms", keyFacts);
  const name = `${aurora.clusterIdentifier}-${stamp}`;
  return {
    noun: "database",
    resourceType: "Aurora",
    arn: aurora.clusterArn,
    target: `a new cluster "${name}"`,
    metadata: (saved) => ({
      ...saved,
      DBClusterIdentifier: name,
      DBSubnetGroupName: aurora.subnetGroupName,
      VpcSecurityGroupIds: JSON.stringify([aurora.securityGroupId]),
    }),
    finish: (aws) => giveInstance(run, aws, { name, keyArn: keyArns.data }),
  };
}

/** AWS Backup restores a cluster without instances, capacity and protection; nobody could look into it. */
async function giveInstance(
  run: Run,
  aws: AwsCli,
  { name, keyArn }: { readonly name: string; readonly keyArn: string },
): Promise<readonly string[]> {
  const { minCapacityAcu, maxCapacityAcu } = capacity.parse(run.loaded.settings["aurora"]);
  const cluster = ["--db-cluster-identifier", name];
  const instance = ["--db-instance-identifier", `${name}-1`];
  const rds = (doing: string, ...words: string[]) => aws.ask(doing, ["rds", ...words], z.unknown());
  const modify = ["modify-db-cluster", ...cluster, "--apply-immediately"];
  const scaling = `MinCapacity=${minCapacityAcu},MaxCapacity=${maxCapacityAcu}`;
  const safety = ["--enable-iam-database-authentication", "--deletion-protection"];
  await rds(
    "give the restored cluster capacity",
    ...[...modify, "--serverless-v2-scaling-configuration", scaling, ...safety],
  );
  await rds("wait for the restored cluster", "wait", "db-cluster-available", ...cluster);
  await rds(
    "give the restored cluster an instance",
    ...["create-db-instance", ...cluster, ...instance, "--engine", "aurora-postgresql"],
    ...["--db-instance-class", "db.serverless", "--no-publicly-accessible"],
  );
  await rds("wait for the restored instance", "wait", "db-instance-available", ...instance);
  await rds(
    "give the restored cluster a password",
    ...[...modify, "--manage-master-user-password", "--master-user-secret-kms-key-id", keyArn],
  );
  const described = await aws.ask(
    "look at the restored cluster",
    ["rds", "describe-db-clusters", ...cluster],
    clusters,
  );
  return [`It answers at ${described.DBClusters[0].Endpoint}, to the clients of the old one`];
}
