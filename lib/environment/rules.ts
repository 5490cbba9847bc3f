import { rangeSize } from "../layer/source-range";
import type { Environment } from "../layer/environment-schema";
import type { Problem } from "../layer/layer";
import { foreignPolicy } from "../layer/foreign-policy";
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

/** More addresses than these are more than one organisation's network. */
const widestAdminPrefix = { IPv4: 8, IPv6: 16 } as const;

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
  ({ iam: { permissionsBoundaryArn }, partition, account }) =>
    permissionsBoundaryArn === undefined
      ? []
      : foreignPolicy(permissionsBoundaryArn, { partition, account }, ["iam", "permissionsBoundaryArn"]),
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
  const { family, prefix, isUniqueLocal } = rangeSize(range);
  if (isUniqueLocal || prefix >= widestAdminPrefix[family]) return [];
  return [
    {
      path: ["access", "adminCidrs", index],
      message: `"${range}" opens the administration of the cluster to a large part of the internet`,
      hint: `List the networks of your administrators, none larger than /${widestAdminPrefix[family]}`,
    },
  ];
}
