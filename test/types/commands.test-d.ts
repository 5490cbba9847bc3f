// Must not compile: checked by `tsc`, an expected error above each wrong line.
/* eslint-disable @typescript-eslint/no-unsafe-return, @typescript-eslint/no-unsafe-call, @typescript-eslint/require-await -- what does not compile has no type */
import { z } from "zod";
import { allPages, awsCall } from "../../lib/layer/aws-call";
import { defineLayer } from "../../lib/layer/layer";
import { byKey, text } from "../../lib/layer/outputs";
import { preflight } from "../../lib/layer/preflight";
import { privateEndpoint } from "../../lib/layer/private-endpoint";
import { restoreStep } from "../../lib/layer/restore";
import { question } from "../../lib/layer/survey";
import { databaseServer } from "../../modules/aurora/databases";
import { databaseEndpoint } from "../../modules/aurora/endpoints";
import { restorableDatabase } from "../../modules/aurora/restore";
import { restorableFileSystem } from "../../modules/efs/restore";
import { clusterEndpoint } from "../../modules/eks/endpoints";
import { vpc } from "../../modules/vpc/layer";

// What a layer declares for commands receives its own outputs and those of its needs, as they are declared.
const settings = z.strictObject({ size: z.number() });
const build = () => ({ id: "", arns: { a: "" } });
const outputs = { id: text("ID"), arns: byKey("ARNs", ["a"]) };
const base = { summary: "", settings, needs: { vpc }, outputs, build };

defineLayer({ ...base, name: "a", bastion: (applied) => applied.outputs.id });
// @ts-expect-error an output that the layer does not declare
defineLayer({ ...base, name: "a", bastion: (applied) => applied.outputs.instanceId });
// @ts-expect-error a map where one string is wanted
defineLayer({ ...base, name: "b", restoreRole: (applied) => applied.outputs.arns });
// @ts-expect-error a key that the output does not have
defineLayer({ ...base, name: "c", restoreRole: (applied) => applied.outputs.arns.b });
// @ts-expect-error a setting that the layer does not declare
defineLayer({ ...base, name: "d", restoreRole: (applied) => applied.settings.colour });
// @ts-expect-error outputs that lack what the server of databases needs
defineLayer({ ...base, name: "e", databases: (applied) => databaseServer(applied.outputs) });
const psql = databaseEndpoint;
// @ts-expect-error outputs that lack what the tunnel to a database needs
defineLayer({ ...base, name: "f", endpoints: (own) => [psql(own.environment, own.outputs)] });
// @ts-expect-error outputs that lack what the tunnel to a cluster needs
defineLayer({ ...base, name: "g", endpoints: ({ outputs: own }) => [clusterEndpoint("us-west-2", own)] });
const [files, database] = [restorableFileSystem, restorableDatabase];
// @ts-expect-error outputs that lack what the restore of a file system needs
defineLayer({ ...base, name: "h", restore: async (own) => files(own.outputs, own.stamp) });
// @ts-expect-error outputs that lack what the restore of a database needs
defineLayer({ ...base, name: "i", restore: async (own) => database(own.outputs, own.stamp) });
defineLayer({
  ...base,
  name: "j",
  restore: async ({ from, stamp, environment }) => {
    // @ts-expect-error an output of a need that does not exist
    const { subnetIds } = await from.vpc();
    // @ts-expect-error a layer that is not needed
    await from.kms();
    const original = { fileSystemId: "", fileSystemArn: "", securityGroupId: "", dataKeyArn: "", subnetIds };
    return restorableFileSystem(original, `${environment.name}-${stamp}`);
  },
});
// @ts-expect-error a private server in an output that is a map
privateEndpoint(vpc, { url: "privateSubnetIds", authority: "vpcId", variable: "v" });

// Calls of the AWS API have the types of the SDK.
// @ts-expect-error an operation that is not listed
awsCall("ec2", "DescribeVolume", {});
// @ts-expect-error an input that lacks what AWS requires
awsCall("guardduty", "GetDetector", {});
// @ts-expect-error a list that is not in the output
allPages(awsCall("ec2", "DescribeVolumes", {}), "Snapshots");

const call = awsCall("sts", "GetCallerIdentity", {});
const subject = { about: "", actions: [], call };
// @ts-expect-error a member that AWS does not send
question({ ...subject, finding: ({ AccountId }) => AccountId });
// @ts-expect-error a verdict without a cure
preflight({ ...subject, verdict: ({ Account }) => ({ reason: `${Account ?? ""} is in the way` }) });
// @ts-expect-error a note that is not a text
restoreStep({ doing: "", call, note: ({ Account }) => Account });
