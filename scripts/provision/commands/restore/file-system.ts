import { z } from "zod";
import type { AwsCli } from "../../aws/cli-client";
import { arn, appliedOutputs } from "../../terraform/applied-outputs";
import type { Restorable } from "./restore";
import type { Run } from "../../run/run";

const efsFacts = z.object({ fileSystemId: z.string(), fileSystemArn: arn, securityGroupId: z.string() });
const keyFacts = z.object({ keyArns: z.object({ data: arn }) });
const subnetFacts = z.object({ privateSubnetIds: z.record(z.string(), z.string()) });

/** The file system, restored to a new one with mount targets in the same subnets. */
export async function restorableFileSystem(run: Run, stamp: string): Promise<Restorable> {
  const efs = await appliedOutputs(run, "efs", efsFacts);
  const { keyArns } = await appliedOutputs(run, "kms", keyFacts);
  const { privateSubnetIds } = await appliedOutputs(run, "vpc", subnetFacts);
  const token = `${run.loaded.environment.name}-restored-${stamp}`;
  const subnetIds = Object.values(privateSubnetIds);
  return {
    noun: "file system",
    resourceType: "EFS",
    arn: efs.fileSystemArn,
    target: `a new file system with creation token "${token}"`,
    metadata: () => ({
      "file-system-id": efs.fileSystemId,
      newFileSystem: "true",
      CreationToken: token,
      Encrypted: "true",
      KmsKeyId: keyArns.data,
      PerformanceMode: "generalPurpose",
    }),
    finish: (aws, createdArn) =>
      addMountTargets(aws, {
        id: createdArn.split("/").at(-1) ?? "",
        groupId: efs.securityGroupId,
        subnetIds,
      }),
  };
}

async function addMountTargets(
  aws: AwsCli,
  to: { readonly id: string; readonly groupId: string; readonly subnetIds: readonly string[] },
): Promise<readonly string[]> {
  const mount = ["efs", "create-mount-target", "--file-system-id", to.id, "--security-groups", to.groupId];
  for (const subnet of to.subnetIds)
    await aws.ask(
      "give the restored file system mount targets",
      [...mount, "--subnet-id", subnet],
      z.unknown(),
    );
  return [`Nodes can mount ${to.id} in about a minute; its files are below aws-backup-restore_<time>`];
}
