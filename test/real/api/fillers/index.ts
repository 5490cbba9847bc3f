import { autoscaling } from "./autoscaling";
import { backup } from "./backup";
import { budgets } from "./budgets";
import { ecr } from "./ecr";
import { efs } from "./efs";
import { eksAccess } from "./eks-access";
import { eksAddons } from "./eks-addons";
import { eksPods, PodIdentities } from "./eks-pods";
import { EksTags, eksTags } from "./eks-tags";
import { eksUpdates } from "./eks-updates";
import type { Filler, Place } from "./filler";
import { cloudtrail, ec2, rds, wafv2 } from "./others";
import { restoreTests } from "./restore-tests";
import { route53 } from "./route53";
import { s3 } from "./s3";
import { shield } from "./shield";

/** What fills the gaps of moto 5.2.1 for an environment, with states of its own. */
export function fillersFor(place: Place): readonly Filler[] {
  const tags = new EksTags();
  const identities = new PodIdentities(place);
  const ofEks = [
    eksAccess(place, tags),
    eksAddons(place, { identities, tags }),
    eksPods(identities, tags),
    eksTags(tags),
  ];
  const others = [backup, ecr, restoreTests, shield].map((fillerFor) => fillerFor(place));
  const everywhere = [autoscaling, budgets, cloudtrail, ec2, efs, eksUpdates, rds, route53, s3, wafv2];
  return [...ofEks, ...others, ...everywhere.map((filler) => filler())];
}

/** Every operation that is filled, and why. */
export function filledOperations(fillers: readonly Filler[]): ReadonlyMap<string, string> {
  const reasons = fillers.flatMap(({ service, answers, sends, corrects, reasons: own }) => {
    const operations = Object.keys({ ...answers, ...sends, ...corrects });
    return operations.map((name) => [`${service}.${name}`, own?.[name] ?? `moto has no ${name}`] as const);
  });
  return new Map(reasons);
}
