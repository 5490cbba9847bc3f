import type { Quota } from "../../lib/layer/quotas";
import type { SynthesisedJson } from "../../synthesis/environment";
import type { DeclaringLayer, ScaleContext } from "../context";
import { addDeclared } from "./declared-quotas";
import { countQuotas } from "./quota-counts";

/** How much of a quota an environment needs. */
export interface QuotaNeed {
  readonly quota: Quota;
  readonly needed: number;
  readonly exceeded: boolean;
  /** Shows what the account has; its other environments need their share. */
  readonly show: string;
  /** Requests what is needed, or, within the default, the default and what is needed; unset: AWS raises it for no account. */
  readonly raise?: string;
}

/** Counts in the synthesised resources what each quota is needed for, with what layers declare. */
export function quotaNeeds(
  synthesised: SynthesisedJson,
  context: ScaleContext,
  layers: readonly DeclaringLayer[],
): { readonly needs: readonly QuotaNeed[]; readonly notes: readonly string[] } {
  const shared = countQuotas(synthesised, context.scaleProfile);
  const { counts, notes } = addDeclared(shared, synthesised, layers);
  return { needs: counts.map(({ quota, needed }) => needOf(quota, needed, context)), notes };
}

function needOf(quota: Quota, needed: number, context: ScaleContext): QuotaNeed {
  const exceeded = needed > quota.default;
  const region = `--region ${regionOf(quota, context)}`;
  if (quota.list !== undefined) return { quota, needed, exceeded, show: `aws ${quota.list} ${region}` };
  const desired = exceeded ? needed : quota.default + needed;
  const target = `${region} --service-code ${quota.service} --quota-code ${quota.code}`;
  return {
    quota,
    needed,
    exceeded,
    show: `aws service-quotas get-service-quota ${target}`,
    raise: `aws service-quotas request-service-quota-increase ${target} --desired-value ${desired}`,
  };
}

function regionOf({ scope }: Quota, { region, partition }: ScaleContext): string {
  if (scope === "region") return region;
  return { aws: "us-east-1", "aws-us-gov": "us-gov-west-1", "aws-cn": "cn-north-1" }[partition];
}
