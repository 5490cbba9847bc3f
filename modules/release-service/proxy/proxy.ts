import { createHash } from "node:crypto";
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import { S3Object } from "@cdktf/provider-aws/lib/s3-object";
import { dnsSuffix } from "../../../lib/layer/partition";
import { bucketArn } from "../../../lib/constructs/private-bucket";
import type { LayerStack } from "../../../lib/layer/stack";
import type { Logs } from "../logs";
import type { Hosts } from "../hosts";
import { proxyCode } from "./code";
import { addProxyRole } from "./role";
import { repositoryPrefix } from "../repositories";
import { filePrefix } from "../stores";
import type { Settings } from "../settings";

/** Inputs of the proxy. */
export interface Proxy {
  readonly bucket: { readonly name: string; readonly ready: string };
  readonly hosts: Hosts;
  readonly settings: Pick<Settings, "anonymousPrefixes" | "reservedConcurrency">;
  readonly tokensSecretArn: string;
  readonly keyArn: string;
  readonly subnetIds: readonly string[];
  readonly securityGroupId: string;
  readonly logs: Logs;
}

/** The proxy in the name of its function. */
export const proxyName = "release-service-proxy";

/** Adds the Lambda function that authorises requests and redirects clients to the files. */
export function addProxy(stack: LayerStack, given: Proxy): LambdaFunction {
  const functionName = stack.named("lambdaFunction", proxyName);
  const logGroup = new CloudwatchLogGroup(stack, "proxy-log-group", {
    name: stack.named("logGroup", proxyName),
    kmsKeyId: given.logs.keyArn,
    retentionInDays: given.logs.retentionInDays,
  });
  const { role, policy } = addProxyRole(stack, functionName, {
    bucketArn: bucketArn(stack, given.bucket.name),
    filePrefix,
    repositoriesArn: stack.arn("ecr", `repository/${repositoryPrefix(stack.environment)}/*`),
    tokensSecretArn: given.tokensSecretArn,
    keyArn: given.keyArn,
    logGroupArn: logGroup.arn,
  });
  return new LambdaFunction(stack, "proxy", {
    functionName,
    description: "Serves releases to authorised clients",
    role: role.arn,
    ...addCode(stack, given.bucket.ready),
    runtime: "nodejs22.x",
    handler: "index.handler",
    architectures: ["arm64"],
    memorySize: 256,
    timeout: 30,
    ...reservation(given.settings),
    environment: { variables: variables(stack, given) },
    kmsKeyArn: given.keyArn,
    vpcConfig: { subnetIds: [...given.subnetIds], securityGroupIds: [given.securityGroupId] },
    loggingConfig: { logFormat: "JSON", logGroup: logGroup.name },
    // Lambda verifies the role's permissions at creation.
    dependsOn: [policy],
  });
}

function reservation({ reservedConcurrency }: Proxy["settings"]) {
  return reservedConcurrency === "none" ? {} : { reservedConcurrentExecutions: reservedConcurrency };
}

function addCode(stack: LayerStack, bucket: string) {
  const code = proxyCode();
  const object = new S3Object(stack, "proxy-code", {
    ...stack.withFewTags(),
    bucket,
    key: `proxy/${createHash("sha256").update(code).digest("hex")}.zip`,
    contentBase64: code.toString("base64"),
    contentType: "application/zip",
    lifecycle: { createBeforeDestroy: true },
  });
  return {
    s3Bucket: object.bucket,
    s3Key: object.key,
    sourceCodeHash: createHash("sha256").update(code).digest("base64"),
  };
}

/** Read by proxy/index.ts. */
function variables(stack: LayerStack, given: Proxy): Record<string, string> {
  const { account, region, partition } = stack.environment;
  const suffix = dnsSuffix(partition);
  return {
    DNS_SUFFIX: suffix,
    BUCKET: given.bucket.name,
    FILE_PREFIX: filePrefix,
    TOKENS_SECRET: given.tokensSecretArn,
    REGISTRY_HOST: given.hosts.registry,
    REPOSITORIES: `https://${account}.dkr.ecr.${region}.${suffix}/v2/${repositoryPrefix(stack.environment)}`,
    ANONYMOUS_PREFIXES: JSON.stringify(given.settings.anonymousPrefixes),
  };
}
