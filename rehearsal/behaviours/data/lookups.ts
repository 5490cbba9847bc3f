import type { Attributes, Context } from "../../engine/behaviour";
import type { CloudObject } from "../../engine/cloud";
import type { DataSource } from "../../engine/provider-definition";
import { listOf, objectOf, textOf } from "../../engine/read-value";
import { digest } from "../../cloud/digest";
import { arn } from "../aws/arn";
import { versionsOf } from "../aws/secrets";
import { memberOf } from "../../schema/records";

/** Data sources whose arguments differ from those of their resources. */
export const lookups: Readonly<Record<string, DataSource>> = {
  aws_route53_zone: findZone,
  aws_subnets: (config, { cloud, region }) => {
    const found = cloud.list("aws_subnet").filter((subnet) => matches(subnet, config));
    return { values: { id: region, ids: found.map(({ id }) => id) } };
  },
  aws_security_groups: (config, { cloud, region }) => {
    const found = cloud.list("aws_security_group").filter((group) => matches(group, config));
    const ids = found.map(({ id }) => id);
    return { values: { id: region, ids, vpc_ids: found.map(({ attributes }) => attributes.vpc_id) } };
  },
  aws_ssm_parameter: findParameter,
  aws_kms_key: findKey,
  aws_secretsmanager_secret_versions: (config, { cloud }) => {
    const secret = textOf(config.secret_id) ?? "";
    const versions = versionsOf(secret, cloud).map(({ attributes, createdAt }) => ({
      version_id: attributes.version_id,
      version_stages: attributes.version_stages,
      created_time: createdAt,
      last_accessed_date: "",
    }));
    return { values: { id: secret, arn: secret, name: secret, versions } };
  },
  aws_acm_certificate: (config, { cloud }) => {
    const domain = textOf(config.domain);
    const found = cloud
      .list("aws_acm_certificate")
      .find(({ attributes }) => attributes.domain_name === domain);
    return found ? { values: { ...found.attributes } } : { error: "no matching ACM Certificate found" };
  },
  aws_ec2_managed_prefix_list: findPrefixList,
  aws_prefix_list: findPrefixList,
  aws_vpc_endpoint_service: (config, context) => {
    const given = textOf(config.service_name);
    const service_name = given ?? `com.amazonaws.${context.region}.${textOf(config.service) ?? ""}`;
    const id = String(parseInt(digest(service_name, 8), 16));
    return { values: { id, service_name, owner: "amazon", vpc_endpoint_policy_supported: true } };
  },
};

function matches({ attributes }: CloudObject, config: Attributes): boolean {
  const tags = objectOf(attributes.tags_all);
  const tagged = Object.entries(objectOf(config.tags)).every(([key, value]) => memberOf(tags, key) === value);
  const filters = listOf(config.filter).map(objectOf);
  return (
    tagged &&
    filters.every(({ name, values }) => listOf(values).includes(filtered(attributes, textOf(name) ?? "")))
  );
}

/** EC2 filters are named like attributes, with hyphens; tags are named after their key. */
function filtered(attributes: CloudObject["attributes"], name: string): unknown {
  if (name.startsWith("tag:")) return memberOf(objectOf(attributes.tags_all), name.slice("tag:".length));
  if (name === "subnet-id" || name === "group-id") return attributes.id;
  return memberOf(attributes, name.replace(/^group-name$/, "name").replaceAll("-", "_"));
}

function findZone(config: Attributes, { cloud }: Context): ReturnType<DataSource> {
  const name = textOf(config.name)?.replace(/\.$/, "");
  const isPrivate = config.private_zone === true;
  const found = cloud
    .list("aws_route53_zone")
    .filter(({ attributes }) => name === undefined || attributes.name === name)
    .filter(({ id }) => (textOf(config.zone_id) ?? id) === id)
    .filter(({ attributes }) => name === undefined || listOf(attributes.vpc).length > 0 === isPrivate)
    .filter((zone) => matches(zone, { tags: config.tags }));
  const [only, another] = found;
  if (!only)
    return { error: `no matching Route 53 Hosted Zone found (${name ?? textOf(config.zone_id) ?? ""})` };
  if (another)
    return { error: "multiple Route 53 Hosted Zones matched; use additional constraints to reduce matches" };
  return { values: { ...only.attributes, private_zone: isPrivate } };
}

function findParameter(config: Attributes, context: Context): ReturnType<DataSource> {
  const name = textOf(config.name) ?? "";
  const own = context.cloud.get("aws_ssm_parameter", name);
  if (own) return { values: { ...own.attributes, id: name } };
  if (!name.startsWith("/aws/service/")) return { error: `couldn't find resource: SSM Parameter ${name}` };
  const value = publicParameter(name);
  const place = arn({ ...context, account: "" }, "ssm", `parameter${name}`);
  return { values: { id: name, value, insecure_value: value, type: "String", version: 1, arn: place } };
}

/** What AWS publishes: nearly always the id of an image; some entries are its release or the whole record. */
function publicParameter(name: string): string {
  const image = `ami-${digest(name)}`;
  if (/release_version|image_version/.test(name)) return "1.33.0-20250601";
  return name.endsWith("/recommended") ? JSON.stringify({ image_id: image }) : image;
}

function findKey(config: Attributes, { cloud }: Context): ReturnType<DataSource> {
  const word = textOf(config.key_id) ?? "";
  const name = word.replace(/^arn:.*:(key\/|(?=alias\/))/, "");
  const target = textOf(cloud.get("aws_kms_alias", name)?.attributes.target_key_id)?.split("/").pop();
  const key = cloud.get("aws_kms_key", target ?? name);
  return key
    ? { values: { ...key.attributes, id: key.id, key_state: "Enabled", enabled: true } }
    : { error: `NotFoundException: ${word} is not found` };
}

function findPrefixList(config: Attributes, context: Context): ReturnType<DataSource> {
  const word =
    textOf(config.id) ?? textOf(config.prefix_list_id) ?? textOf(config.name) ?? namedInFilter(config);
  const own = context.cloud
    .list("aws_ec2_managed_prefix_list")
    .find(({ id, attributes }) => id === word || attributes.name === word);
  if (own) return { values: { ...own.attributes } };
  if (!word.startsWith("com.amazonaws.") && !word.startsWith("pl-"))
    return { error: "no matching EC2 Managed Prefix List found" };
  const id = word.startsWith("pl-") ? word : `pl-${digest(word, 8)}`;
  const place = arn({ ...context, account: "aws" }, "ec2", `prefix-list/${id}`);
  return { values: { id, name: word, arn: place, owner_id: "AWS", address_family: "IPv4", version: 1 } };
}

function namedInFilter({ filter }: Attributes): string {
  const named = listOf(filter)
    .map(objectOf)
    .find(({ name }) => name === "prefix-list-name");
  return textOf(listOf(named?.values)[0]) ?? "";
}
