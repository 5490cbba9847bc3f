import { Address4 } from "ip-address";
import { orchestratorDomain } from "../layer/domain";
import type { Environment } from "../layer/environment-schema";
import type { Problem } from "../layer/layer";
import { partitionOf } from "../layer/region-partition";
import { secretTags } from "./secret-values";
import { regionWithoutZones, strayZones, unknownRegion } from "./place-rules";

type Field = keyof Environment;
type Rule = (valid: Partial<Environment>) => readonly Problem[];

/** What is wrong with an environment although each field alone is valid; a rule waits for valid fields. */
export function environmentProblems(valid: Partial<Environment>): readonly Problem[] {
  return rules.flatMap((rule) => rule(valid));
}

function rule<Read extends Field>(
  reads: readonly Read[],
  check: (fields: Pick<Environment, Read>) => readonly Problem[],
): Rule {
  return (valid) => {
    // An absent optional field is valid as well; the schema fills every other one.
    const complete = reads.every((field) => valid[field] !== undefined);
    // Just seen: every field that the check reads is there.
    return complete ? check(valid as Pick<Environment, Read>) : [];
  };
}

/** More than this many addresses are more than one organisation's network. */
const widestAdminPrefix = 8;
/** RFC 5280 limits a certificate's common name, and so does AWS Certificate Manager. */
const longestCommonName = 64;

const rules: readonly Rule[] = [
  rule(["region", "partition"], ({ region, partition }) => regionOutside(region, partition, ["region"])),
  rule(["state", "partition"], ({ state, partition }) =>
    regionOutside(state.region, partition, ["state", "region"]),
  ),
  rule(["region", "skipRegionValidation"], ({ region, skipRegionValidation }) =>
    skipRegionValidation ? [] : unknownRegion(region, ["region"]),
  ),
  rule(["state", "skipRegionValidation"], ({ state, skipRegionValidation }) =>
    skipRegionValidation ? [] : unknownRegion(state.region, ["state", "region"]),
  ),
  rule(["region"], ({ region }) => regionWithoutZones(region)),
  rule(["zones", "region", "skipRegionValidation"], strayZones),
  rule(["zones"], ({ zones }) => repeated(zones, ["zones"])),
  rule(["state", "partition"], ({ state, partition }) =>
    state.kmsKeyArn === undefined
      ? []
      : [
          ...arnOfOtherPartition(state.kmsKeyArn, partition, ["state", "kmsKeyArn"]),
          ...keyInOtherRegion(state.kmsKeyArn, state.region),
        ],
  ),
  rule(["access", "partition"], ({ access, partition }) =>
    access.adminRoleArns.flatMap((arn, index) =>
      arnOfOtherPartition(arn, partition, ["access", "adminRoleArns", index]),
    ),
  ),
  rule(["access"], ({ access }) => [
    ...repeated(access.adminRoleArns, ["access", "adminRoleArns"]),
    ...repeated(access.adminCidrs, ["access", "adminCidrs"]),
    ...repeated(access.publicCidrs, ["access", "publicCidrs"]),
    ...access.adminCidrs.flatMap(openToEveryone),
  ]),
  rule(["name", "domain"], longDomain),
  rule(["tags"], ({ tags }) => secretTags(tags)),
];

function regionOutside(region: string, partition: string, path: Problem["path"]): readonly Problem[] {
  const home = partitionOf(region);
  if (home === partition) return [];
  return [
    {
      path,
      message: `"${region}" belongs to the partition "${home}", but partition is "${partition}"`,
      hint: `Set partition to "${home}", or choose a region of "${partition}"`,
    },
  ];
}

function repeated(values: readonly string[], path: Problem["path"]): readonly Problem[] {
  const seen = new Set<string>();
  return values.flatMap((value, index) => {
    if (!seen.has(value)) {
      seen.add(value);
      return [];
    }
    return [{ path: [...path, index], message: `"${value}" is listed twice`, hint: "Keep one of the two" }];
  });
}

function arnOfOtherPartition(arn: string, partition: string, path: Problem["path"]): readonly Problem[] {
  const home = arn.split(":")[1];
  if (home === partition) return [];
  return [
    {
      path,
      message: `the ARN belongs to the partition "${home}", but partition is "${partition}"`,
      hint: `Write an ARN that begins with "arn:${partition}:"`,
    },
  ];
}

function keyInOtherRegion(arn: string, region: string): readonly Problem[] {
  const home = arn.split(":")[3];
  if (home === region) return [];
  return [
    {
      path: ["state", "kmsKeyArn"],
      message: `the key is in "${home}", but the state bucket is in "${region}"`,
      hint: "S3 encrypts with keys of the bucket's own region: choose a key there",
    },
  ];
}

function openToEveryone(range: string, index: number): readonly Problem[] {
  if (new Address4(range).subnetMask >= widestAdminPrefix) return [];
  return [
    {
      path: ["access", "adminCidrs", index],
      message: `"${range}" opens the administration of the cluster to a large part of the internet`,
      hint: `List the networks of your administrators, none larger than /${widestAdminPrefix}`,
    },
  ];
}

function longDomain({ name, domain }: Pick<Environment, "name" | "domain">): readonly Problem[] {
  const whole = orchestratorDomain({ name, domain });
  const excess = whole.length - longestCommonName;
  if (excess <= 0) return [];
  return [
    {
      path: ["domain", "root" in domain ? "root" : "parent"],
      message: `"${whole}" has ${whole.length} characters, and a certificate's name has at most ${longestCommonName}`,
      hint: `Shorten ${"root" in domain ? "the domain" : "the domain or the name of the environment"} by ${excess}`,
    },
  ];
}
