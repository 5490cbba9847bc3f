import { allPages, awsCall } from "../../../lib/layer/aws-call";
import type { Environment } from "../../../lib/layer/environment-schema";
import type { AnyLayer } from "../../../lib/layer/layer";
import { layerFolder } from "../../../synthesis/folder";
import { readLayer } from "../../../synthesis/read";
import type { Run } from "../run/run";
import { tryAws } from "./client";
import { faultText } from "./fault";

/** What exists with the tags of a layer. */
export interface TaggedResource {
  /** As Terraform calls it. */
  readonly type: string;
  /** What the provider knows it by. */
  readonly id: string;
  readonly tags: Readonly<Record<string, string>>;
  /** Empty where it belongs to none. */
  readonly region: string;
}

/** What IAM must allow for it: https://docs.aws.amazon.com/resourcegroupstagging/latest/APIReference/API_GetResources.html */
export const taggedResourcesActions = ["tag:GetResources"];

/**
 * The types whose objects AWS gives an ID that no name tells, by the part of the ARN before that ID.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
const types: readonly (readonly [arn: RegExp, type: string, knownBy: "id" | "arn"])[] = [
  [/:acm:[^:]*:\d+:certificate\//, "aws_acm_certificate", "arn"],
  [/:backup:[^:]*:\d+:backup-plan:/, "aws_backup_plan", "id"],
  [/:ec2:[^:]*:\d+:elastic-ip\//, "aws_eip", "id"],
  [/:ec2:[^:]*:\d+:instance\//, "aws_instance", "id"],
  [/:ec2:[^:]*:\d+:internet-gateway\//, "aws_internet_gateway", "id"],
  [/:ec2:[^:]*:\d+:launch-template\//, "aws_launch_template", "id"],
  [/:ec2:[^:]*:\d+:natgateway\//, "aws_nat_gateway", "id"],
  [/:ec2:[^:]*:\d+:route-table\//, "aws_route_table", "id"],
  [/:ec2:[^:]*:\d+:security-group\//, "aws_security_group", "id"],
  [/:ec2:[^:]*:\d+:subnet\//, "aws_subnet", "id"],
  [/:ec2:[^:]*:\d+:vpc\//, "aws_vpc", "id"],
  [/:ec2:[^:]*:\d+:vpc-endpoint\//, "aws_vpc_endpoint", "id"],
  [/:ec2:[^:]*:\d+:vpc-flow-log\//, "aws_flow_log", "id"],
  [/:elasticfilesystem:[^:]*:\d+:access-point\//, "aws_efs_access_point", "id"],
  [/:elasticfilesystem:[^:]*:\d+:file-system\//, "aws_efs_file_system", "id"],
  [/:elasticloadbalancing:[^:]*:\d+:loadbalancer\//, "aws_lb", "arn"],
  [/:elasticloadbalancing:[^:]*:\d+:targetgroup\//, "aws_lb_target_group", "arn"],
  [/:kms:[^:]*:\d+:key\//, "aws_kms_key", "id"],
  [/:route53:::hostedzone\//, "aws_route53_zone", "id"],
  [/:secretsmanager:[^:]*:\d+:secret:/, "aws_secretsmanager_secret", "arn"],
  [/:wafv2:[^:]*:\d+:(?:regional|global)\/ipset\/[^/]+\//, "aws_wafv2_ip_set", "id"],
  [/:wafv2:[^:]*:\d+:(?:regional|global)\/webacl\/[^/]+\//, "aws_wafv2_web_acl", "id"],
];

/** Whether objects of a type are looked for by tags. */
export function foundByTags(type: string): boolean {
  return types.some(([, known]) => known === type);
}

/** AWS lists what belongs to no region, such as hosted zones, here: https://docs.aws.amazon.com/general/latest/gr/resourcegrouptagging.html */
const globalRegions: Readonly<Record<string, string>> = {
  aws: "us-east-1",
  "aws-us-gov": "us-gov-west-1",
  "aws-cn": "cn-northwest-1",
};

/** Everything of the types above with the tags of one of these layers; where AWS does not list it, a note says so. */
export async function taggedResources(
  run: Run,
  layers: readonly AnyLayer[],
): Promise<readonly TaggedResource[]> {
  const { environment } = run.loaded;
  if (run.rehearsal !== undefined)
    return layers.flatMap((layer) => simulated(run, layerTags(environment, layer)));
  const { name, tagKeys } = environment;
  const TagFilters = [
    { Key: tagKeys.environment, Values: [name] },
    { Key: tagKeys.layer, Values: layers.map((layer) => layer.name) },
  ];
  const call = awsCall("resource-groups-tagging-api", "GetResources", { TagFilters });
  const found: TaggedResource[] = [];
  for (const region of regionsOf(run, layers)) {
    const reply = await tryAws(run, { ...allPages(call, "ResourceTagMappingList"), region }, "work");
    if (reply.kind === "fault")
      run.events.note(`Not looked for by tags in ${region}: ${faultText(reply.fault)}`, "warning");
    else for (const one of reply.output.ResourceTagMappingList ?? []) found.push(...typed(one));
  }
  return found;
}

/** Those of the providers of these layers, and where AWS lists what belongs to none. */
function regionsOf({ world, folders, loaded }: Run, layers: readonly AnyLayer[]): ReadonlySet<string> {
  const { partition, region: own } = loaded.environment;
  const provided = layers.flatMap(({ name }) => {
    const { provider } = readLayer(world.files, layerFolder(folders.synthesised, name));
    return (provider?.["aws"] ?? []).map(({ region }) => String(region));
  });
  return new Set([...provided, globalRegions[partition] ?? own]);
}

/** The tags by which what a layer creates is told from all else. */
export function layerTags(
  { name, tagKeys }: Environment,
  layer: Pick<AnyLayer, "name">,
): Readonly<Record<string, string>> {
  return { [tagKeys.environment]: name, [tagKeys.layer]: layer.name };
}

function typed({ ResourceARN: arn = "", Tags = [] }: Mapping): readonly TaggedResource[] {
  const known = types.find(([pattern]) => pattern.test(arn));
  if (known === undefined) return [];
  const [pattern, type, knownBy] = known;
  const tags = Object.fromEntries(Tags.map(({ Key = "", Value = "" }) => [Key, Value]));
  const [, , , region = ""] = arn.split(":");
  return [{ type, tags, region, id: knownBy === "arn" ? arn : (arn.split(pattern)[1] ?? "") }];
}

interface Mapping {
  readonly ResourceARN?: string | undefined;
  readonly Tags?:
    readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[] | undefined;
}

/** The same in a simulated account, which is asked directly. */
function simulated(
  { rehearsal, loaded }: Run,
  wanted: Readonly<Record<string, string>>,
): readonly TaggedResource[] {
  const { region } = loaded.environment;
  const nameless = new Set(types.map(([, type]) => type));
  return (rehearsal?.objects() ?? []).flatMap(({ type, attributes }) => {
    const { id, tags_all } = attributes;
    const tags = Object(tags_all) as Readonly<Record<string, string>>;
    const fits = Object.entries(wanted).every(([key, value]) => tags[key] === value);
    return nameless.has(type) && fits && typeof id === "string" ? [{ type, id, tags, region }] : [];
  });
}
