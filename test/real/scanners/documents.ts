import type { Environment } from "../../../lib/layer/environment-schema";
import type { JoinedRoot } from "./joined";

type Place = Pick<Environment, "partition" | "region" | "account">;
type Block = Readonly<Record<string, unknown>>;

const expression = /(?<!\$)\$\{([^{}]*)\}/g;
const uuid = "1234abcd-12ab-34cd-56ef-1234567890ab";

/** What AWS decides when it creates a resource, by type and attribute, as far as policies name it. */
const computed: Readonly<Record<string, (given: Block) => string>> = {
  "aws_acm_certificate.arn": () => `acm:certificate/${uuid}`,
  "aws_cloudwatch_log_group.arn": ({ name }) => `logs:log-group:${String(name)}`,
  "aws_efs_file_system.arn": () => "elasticfilesystem:file-system/fs-0123456789abcdef0",
  "aws_eks_cluster.arn": ({ name }) => `eks:cluster/${String(name)}`,
  "aws_kms_alias.target_key_arn": () => `kms:key/${uuid}`,
  "aws_kms_key.arn": () => `kms:key/${uuid}`,
  "aws_secretsmanager_secret.arn": ({ name }) => `secretsmanager:secret:${String(name)}-AbCdEf`,
};

/** Attributes that name no region. */
const regionless: Readonly<Record<string, (given: Block, place: Place) => string>> = {
  "aws_iam_openid_connect_provider.arn": ({ url }, { partition, account }) =>
    `arn:${partition}:iam::${account}:oidc-provider/${String(url).replace("https://", "")}`,
  "aws_iam_role.arn": ({ name, path = "/" }, { partition, account }) =>
    `arn:${partition}:iam::${account}:role${String(path)}${String(name)}`,
  "aws_route53_zone.zone_id": () => "Z0123456789ABCDEFGHIJ",
  "aws_s3_bucket.arn": ({ bucket }, { partition }) => `arn:${partition}:s3:::${String(bucket)}`,
};

/**
 * The policies and other JSON documents of a root with the values that AWS would give, since neither checkov nor parliament
 * judges a policy with a reference in it. Throws where a document names something whose value is not known here.
 */
export function withDocuments(root: JoinedRoot, place: Place): JoinedRoot {
  const complete = (value: unknown): unknown => {
    if (typeof value === "string")
      return value.startsWith("{")
        ? value.replaceAll(expression, (_, found: string) => valueOf(root, place, found))
        : value;
    if (Array.isArray(value)) return value.map(complete);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, complete(item)]));
  };
  // Its shape stays.
  return { ...root, resource: complete(root.resource) as JoinedRoot["resource"] };
}

function valueOf(root: JoinedRoot, place: Place, reference: string): string {
  const [type = "", name = "", attribute = ""] = reference.split(".");
  const given = root.resource[type]?.[name];
  const argument = given?.[attribute];
  if (typeof argument === "string")
    return argument.replaceAll(expression, (_, found: string) => valueOf(root, place, found));
  const kind = `${type}.${attribute}`;
  if (given !== undefined && computed[kind] !== undefined) return arn(place, computed[kind](given));
  if (given !== undefined && regionless[kind] !== undefined) return regionless[kind](given, place);
  throw new Error(
    `Cannot judge a document with "${reference}": its value is not known; add it to ${__filename}`,
  );
}

function arn({ partition, region, account }: Place, serviceAndResource: string): string {
  const [service = "", ...resource] = serviceAndResource.split(":");
  return `arn:${partition}:${service}:${region}:${account}:${resource.join(":")}`;
}
