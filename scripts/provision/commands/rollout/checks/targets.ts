import { targetHealth } from "../../../aws/target-health";
import type { Checked, Surroundings } from "./check";

/** Whether each load balancer finds healthy pods behind it. */
export async function checkTargets({ run, entrance }: Surroundings): Promise<Checked> {
  const groups = Object.entries(entrance.targetGroupArns);
  const found = await Promise.all(
    groups.map(async ([name, arn]) => ({ name, health: await targetHealth(run, arn) })),
  );
  const problems = found.flatMap(({ name, health }) => {
    if ("unknown" in health) return [];
    const { targets } = health;
    const ill = targets.filter(({ state }) => state !== "healthy" && state !== "draining");
    if (targets.length === 0) return [`${name} has no targets`];
    if (ill.length === 0) return [];
    const states = [
      ...new Set(ill.map(({ state, reason }) => (reason === "" ? state : `${state}, ${reason}`))),
    ];
    return [`${name}: ${ill.length} of ${targets.length} targets are ${states.join("; ")}`];
  });
  if (problems.length > 0) return { outcome: "failed", text: problems.join("; ") };
  const unknown = found.flatMap(({ health }) => ("unknown" in health ? [health.unknown] : []));
  const [reason] = unknown;
  if (reason !== undefined) return { outcome: "not checked", text: reason };
  return { outcome: "passed", text: `healthy in all ${groups.length} target groups` };
}
