import { SteadyRequests } from "../../../kubernetes/steady";
import { pause } from "../../../run/pause";
import { checkCertificate } from "./certificate";
import type { Checked, Surroundings } from "./check";
import { checkNames } from "./names";
import { checkSidecars } from "./sidecars";
import { checkTargets } from "./targets";

/** What is checked when every application is healthy. */
const checks: Readonly<Record<string, (given: Surroundings) => Promise<Checked>>> = {
  "load balancer targets": checkTargets,
  certificate: checkCertificate,
  "DNS names": checkNames,
  sidecars: checkSidecars,
};

/** Health checks, and DNS where a name was asked for before it existed, need minutes. */
const patienceSeconds = 300;
const pollSeconds = 15;

/** The checks by their name, repeated until none fails or the patience is over. */
export async function checkAll(
  given: Surroundings,
): Promise<Readonly<Record<string, Checked>> | "interrupted"> {
  const { run } = given;
  const { clock } = run.world;
  const until = clock.seconds() + patienceSeconds;
  const requests = new SteadyRequests(run);
  return run.events.step("checking the platform", async (show) => {
    const found: Record<string, Checked> = {};
    for (;;) {
      for (const [name, check] of Object.entries(checks)) {
        if (found[name]?.outcome === "passed") continue;
        const checked = await requests.try(`check the ${name}`, () => check(given));
        found[name] = checked ?? { outcome: "failed", text: "the Kubernetes API does not answer" };
      }
      const failed = Object.keys(found).filter((name) => found[name]?.outcome === "failed");
      if (failed.length === 0 || clock.seconds() >= until) return found;
      show(`waiting for ${failed.join(", ")}`);
      await pause(clock, pollSeconds, () => run.interrupts.draining);
      if (run.interrupts.draining) return "interrupted";
    }
  });
}
