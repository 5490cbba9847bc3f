import { allPages, awsCall } from "../../../lib/layer/aws-call";
import type { Environment } from "../../../lib/layer/environment-schema";
import type { AnyLayer } from "../../../lib/layer/layer";
import { layerFolder } from "../../../synthesis/folder";
import { readLayer } from "../../../synthesis/read";
import type { Run } from "../run/run";
import { tryAws } from "./client";
import { taggedTypes } from "./tagged-types";
import { type Unasked, unaskedFor, unreadFor } from "./unasked";

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

/** What IAM must allow for it, and how much it takes: https://docs.aws.amazon.com/resourcegroupstagging/latest/APIReference/API_GetResources.html */
export const taggedResourcesActions = ["tag:GetResources"];

/** AWS lists what belongs to no region, such as hosted zones, here: https://docs.aws.amazon.com/general/latest/gr/resourcegrouptagging.html */
const globalRegions: Readonly<Record<string, string>> = {
  aws: "us-east-1",
  "aws-us-gov": "us-gov-west-1",
  "aws-cn": "cn-northwest-1",
};

/** AWS takes no more values of a tag in one request. */
const mostValues = 20;

/** What AWS lists, and what it was asked for and did not answer. */
export interface Tagged {
  readonly found: readonly TaggedResource[];
  readonly unasked: readonly Unasked[];
}

/** Everything of these types with the tags of one of these layers. */
export async function taggedResources(run: Run, layers: readonly AnyLayer[]): Promise<Tagged> {
  const { environment } = run.loaded;
  if (run.rehearsal !== undefined)
    return { found: layers.flatMap((layer) => simulated(run, layerTags(environment, layer))), unasked: [] };
  const found: TaggedResource[] = [];
  const unasked: Unasked[] = [];
  for (const region of regionsOf(run, layers)) {
    const listed = await listedIn(run, region, layers);
    if ("because" in listed) unasked.push(listed);
    else found.push(...listed);
  }
  return { found, unasked };
}

async function listedIn(
  run: Run,
  region: string,
  layers: readonly AnyLayer[],
): Promise<readonly TaggedResource[] | Unasked> {
  const { name, tagKeys } = run.loaded.environment;
  const types = taggedTypes.map(([, type]) => type);
  const question = { about: `what has tags in ${region}`, types, action: "tag:GetResources" };
  const found: TaggedResource[] = [];
  for (let first = 0; first < layers.length; first += mostValues) {
    const Values = layers.slice(first, first + mostValues).map((layer) => layer.name);
    const TagFilters = [
      { Key: tagKeys.environment, Values: [name] },
      { Key: tagKeys.layer, Values },
    ];
    const call = awsCall("resource-groups-tagging-api", "GetResources", { TagFilters });
    try {
      const reply = await tryAws(run, { ...allPages(call, "ResourceTagMappingList"), region }, "work");
      if (reply.kind === "fault") return unaskedFor(run, question, reply.fault);
      for (const one of reply.output.ResourceTagMappingList ?? []) found.push(...typed(one));
    } catch (error) {
      return unreadFor(question, error);
    }
  }
  return found;
}

/** Types of which AWS lists the objects in one region of a partition: an organisation may allow nobody to ask there. */
const globalTypes: readonly string[] = ["aws_route53_zone"];

/** Those of the providers of these layers, and, if they have any of it, where AWS lists what belongs to none. */
function regionsOf({ world, folders, loaded }: Run, layers: readonly AnyLayer[]): ReadonlySet<string> {
  const { partition, region: own } = loaded.environment;
  const regions = layers.flatMap(({ name }) => {
    const { provider, resource = {} } = readLayer(world.files, layerFolder(folders.synthesised, name));
    const provided = (provider?.["aws"] ?? []).map(({ region }) => String(region));
    const isGlobal = globalTypes.some((type) => type in resource);
    return isGlobal ? [...provided, globalRegions[partition] ?? own] : provided;
  });
  return new Set(regions);
}

/** The tags by which what a layer creates is told from all else. */
export function layerTags(
  { name, tagKeys }: Environment,
  layer: Pick<AnyLayer, "name">,
): Readonly<Record<string, string>> {
  return { [tagKeys.environment]: name, [tagKeys.layer]: layer.name };
}

function typed({ ResourceARN: arn = "", Tags = [] }: Mapping): readonly TaggedResource[] {
  const known = taggedTypes.find(([pattern]) => pattern.test(arn));
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
  const nameless = new Set(taggedTypes.map(([, type]) => type));
  return (rehearsal?.objects() ?? []).flatMap(({ type, attributes }) => {
    const { id, tags_all } = attributes;
    const tags = Object(tags_all) as Readonly<Record<string, string>>;
    const fits = Object.entries(wanted).every(([key, value]) => tags[key] === value);
    return nameless.has(type) && fits && typeof id === "string" ? [{ type, id, tags, region }] : [];
  });
}
