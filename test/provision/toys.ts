import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { RdsCluster } from "@cdktf/provider-aws/lib/rds-cluster";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { z } from "zod";
import { currentVersion } from "../../lib/environment/migrations";
import { defineLayer, inOrder } from "../../lib/layer/layer";
import { byKey, text, url } from "../../lib/layer/outputs";

// The runner is tested on these, so that adding a real layer changes none of its tests.
const noSettings = z.strictObject({});

/** Creates the bucket for the state of every layer, including its own. */
export const cellar = defineLayer({
  name: "cellar",
  summary: "State bucket and its key",
  settings: noSettings,
  needs: {},
  outputs: { bucketName: text("Name of the bucket") },
  state: "bootstrap",
  build(stack) {
    const key = new KmsKey(stack, "key", { deletionWindowInDays: 7 });
    new KmsAlias(stack, "alias", {
      name: `alias/${stack.environment.name}-state`,
      targetKeyId: key.keyId,
    });
    const bucket = new S3Bucket(stack, "bucket", {
      bucket: stack.environment.state.bucket,
      forceDestroy: !stack.deletionProtection,
    });
    return { bucketName: bucket.id };
  },
});

/** Publishes a text and a map. */
export const ground = defineLayer({
  name: "ground",
  summary: "Network",
  settings: z.strictObject({
    cidr: z.string().default("10.0.0.0/16").describe("Address range"),
  }),
  needs: {},
  outputs: {
    vpcId: text("ID of the VPC", /^vpc-/),
    subnetIds: byKey("ID of each subnet by zone"),
  },
  build(stack, { settings }) {
    const vpc = new Vpc(stack, "vpc", { cidrBlock: settings.cidr });
    const subnets = stack.environment.zones.map((zone, index) => {
      const cidrBlock = settings.cidr.replace(/0\.0\/\d+$/, `${index}.0/24`);
      const subnet = new Subnet(stack, `subnet-${zone}`, {
        vpcId: vpc.id,
        availabilityZone: zone,
        cidrBlock,
      });
      return [zone, subnet.id] as const;
    });
    return { vpcId: vpc.id, subnetIds: Object.fromEntries(subnets) };
  },
});

/** Reads `ground`, and holds a database that is protected against deletion. */
export const house = defineLayer({
  name: "house",
  summary: "Database",
  settings: noSettings,
  needs: { ground },
  outputs: { groupId: text("ID of the security group", /^sg-/) },
  build(stack, { from }) {
    const group = new SecurityGroup(stack, "group", { name: "house", vpcId: from.ground.vpcId });
    new RdsCluster(stack, "database", {
      clusterIdentifier: "house",
      engine: "aurora-postgresql",
      manageMasterUserPassword: true,
      masterUsername: "house",
      vpcSecurityGroupIds: [group.id],
      deletionProtection: stack.deletionProtection,
      skipFinalSnapshot: true,
    });
    return { groupId: group.id };
  },
});

/** Reads `house`, and has what the closing card shows. */
export const roof = defineLayer({
  name: "roof",
  summary: "Entrance",
  settings: noSettings,
  needs: { house, ground },
  outputs: {
    clusterName: text("Name of the cluster"),
    entrance: url("argocd", "Where Argo CD answers"),
    issuerUrl: text("Issuer of tokens, which is no address to open"),
  },
  endpoints: ({ outputs }) => [
    {
      noun: "cluster",
      server: { protocol: "tls", url: outputs.entrance, authority: "" },
      localPort: 8443,
      commands: () => [],
    },
  ],
  build(stack, { from }) {
    new SecurityGroup(stack, "door", {
      name: "door",
      vpcId: from.ground.vpcId,
      description: from.house.groupId,
    });
    return {
      clusterName: stack.environment.name,
      entrance: "https://argocd.dev.example.com",
      issuerUrl: "https://issuer",
    };
  },
});

/** The toy layers in order. */
export const toys = inOrder([cellar, ground, house, roof]);

/** An environment file for them. */
export const toyEnvironment = `name: dev
account: "123456789012"
region: us-west-2
zones: [us-west-2a, us-west-2b, us-west-2c]
state:
  bucket: dev-state
  region: us-west-2
domain:
  parent: example.com
access:
  adminRoleArns: [arn:aws:iam::123456789012:role/admin]
version: ${currentVersion}
`;
