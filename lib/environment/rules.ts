import { Address4 } from "ip-address";
import { orchestratorDomain } from "../layer/domain";
import type { Environment } from "../layer/environment-schema";
import type { Problem } from "../layer/layer";
import { problemsOf, problemsOfEach } from "../layer/waiting-rules";
import { partitionOf } from "../layer/region-partition";
import { accountNamespace } from "./bucket-name";
import { secretTags } from "./secret-values";
import type { SettingProblem } from "./setting-problem";
import { tagConflicts } from "./tag-rules";
import { regionWithoutZones, strayZones, unknownRegion } from "./place-rules";

type Rule = (environment: Environment) => readonly SettingProblem[];

/** What is wrong with an environment although each field alone is valid; a rule waits for what it reads to be valid. */
export function environmentProblems(environment: Environment): readonly Problem[] {
  return problemsOf(...rules.map((rule) => () => rule(environment)));
}

/** More than this many addresses are more than one organisation's network. */
const widestAdminPrefix = 8;
/** RFC 5280 limits a certificate's common name, and so does AWS Certificate Manager. */
const longestCommonName = 64;

const rules: readonly Rule[] = [
  ({ region, partition }) => regionOutside(region, partition, ["region"]),
  ({ state, partition }) => regionOutside(state.region, partition, ["state", "region"]),
  ({ region, skipRegionValidation }) => (skipRegionValidation ? [] : unknownRegion(region, ["region"])),
  ({ state, skipRegionValidation }) =>
    skipRegionValidation ? [] : unknownRegion(state.region, ["state", "region"]),
  ({ region }) => regionWithoutZones(region),
  strayZones,
  ({ state: { kmsKeyArn }, partition }) =>
    kmsKeyArn === undefined ? [] : arnOfOtherPartition(kmsKeyArn, partition, ["state", "kmsKeyArn"]),
  ({ state: { kmsKeyArn, region } }) => (kmsKeyArn === undefined ? [] : keyInOtherRegion(kmsKeyArn, region)),
  ({ access: { adminRoleArns }, partition }) =>
    problemsOfEach(adminRoleArns, (arn, index) =>
      arnOfOtherPartition(arn, partition, ["access", "adminRoleArns", index]),
    ),
  ({ access }) => problemsOfEach(access.adminCidrs, openToEveryone),
  longDomain,
  accountNamespace,
  ({ tags }) => secretTags(tags),
  tagConflicts,
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
