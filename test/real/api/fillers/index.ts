import { autoscaling } from "./autoscaling";
import { backup } from "./backup";
import { budgets } from "./budgets";
import { ecr } from "./ecr";
import { efs } from "./efs";
import { eksAccess } from "./eks-access";
import { eksAddons } from "./eks-addons";
import { eksUpdates } from "./eks-updates";
import type { Filler, Place } from "./filler";
import { cloudtrail, ec2, rds } from "./others";
import { route53 } from "./route53";
import { s3 } from "./s3";
import { shield } from "./shield";

/** What fills the gaps of moto 5.2.1 for an environment, with states of its own. */
export function fillersFor(place: Place): readonly Filler[] {
  const everywhere = [
    autoscaling(),
    budgets(),
    cloudtrail(),
    ec2(),
    efs(),
    eksUpdates(),
    rds(),
    route53(),
    s3(),
  ];
  return [...everywhere, ...[backup, ecr, eksAccess, eksAddons, shield].map((fillerFor) => fillerFor(place))];
}

/** Every operation that is filled, and why. */
export function filledOperations(fillers: readonly Filler[]): ReadonlyMap<string, string> {
  const reasons = fillers.flatMap(({ service, answers, sends, corrects, reasons: own }) => {
    const operations = Object.keys({ ...answers, ...sends, ...corrects });
    return operations.map((name) => [`${service}.${name}`, own?.[name] ?? `moto has no ${name}`] as const);
  });
  return new Map(reasons);
}
