import type { z } from "zod";
import { awsCall, sent } from "../../lib/layer/aws-call";
import type { Environment } from "../../lib/layer/environment-schema";
import { physicalName } from "../../lib/layer/names";
import { question, type Question } from "../../lib/layer/survey";
import type { Settings } from "./settings";

/** Asks which other trail records what ours does, or should when ours is off. */
export function trailQuestion(
  { name, account }: Environment,
  { trail }: z.output<typeof Settings>,
): Question {
  const ours = physicalName(name, "trail", "audit");
  return question({
    about: "other trails",
    // With what other regions and the organisation's account record of this one.
    call: awsCall("cloudtrail", "DescribeTrails", { includeShadowTrails: true }),
    actions: ["cloudtrail:DescribeTrails"],
    finding: ({ trailList }) => {
      const everywhere = sent(trailList, "trailList").filter((found) => found.IsMultiRegionTrail);
      const others = everywhere.filter((found) => !found.TrailARN?.endsWith(`:${account}:trail/${ours}`));
      const other = others.find((found) => found.IsOrganizationTrail) ?? others[0];
      if (!trail.enabled) return other === undefined ? unrecorded(trail.reason) : undefined;
      return other === undefined
        ? undefined
        : duplicate(ours, other.Name ?? "", other.IsOrganizationTrail === true);
    },
  });
}

function duplicate(ours: string, other: string, ofOrganisation: boolean): string {
  const whose = ofOrganisation ? "the organisation's trail" : "the trail";
  const off = `layers.audit.trail: { enabled: false, reason: "recorded by ${other}" }`;
  return (
    `The account's API calls are recorded by ${whose} "${other}" too: "${ours}" is a second copy, at 2 USD ` +
    `per 100,000 events; to do without it, set ${off} in the environment file`
  );
}

function unrecorded(reason: string): string {
  return (
    `No trail records the account's API calls in all regions, and ours is off ("${reason}"); ` +
    "to switch it on, set layers.audit.trail: { enabled: true } in the environment file"
  );
}
