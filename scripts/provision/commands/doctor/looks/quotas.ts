import { type QuotaNeed, quotaNeeds } from "../../../../../capacity/fit/quota-needs";
import { readEnvironment } from "../../../../../synthesis/read";
import { accountQuotas, usedByOthers } from "../../../aws/account-quotas";
import type { Run } from "../../../run/run";
import type { Verdict } from "../../../run/verdict";
import type { DoctorLook } from "../ground";

/** Other quotas are so far away that the account's own figure does not matter. */
const remarkableShare = 0.1;

/** Whether the account's own quotas leave room for what the environment needs. */
export const quotas: DoctorLook = {
  about: "quotas",
  why: "AWS refuses what is above a quota in the middle of an apply, and new accounts have less than the default",
  look: async ({ run }) => {
    const needs = remarkableNeeds(run);
    const services = [...new Set(needs.map(({ quota }) => quota.service))];
    const found = await Promise.all(
      services.map(async (service): Promise<readonly Verdict[]> => {
        const ofService = needs.filter(({ quota }) => quota.service === service);
        const [own, ...others] = await Promise.all([
          accountQuotas(run, service),
          ...ofService.map(({ quota }) => usedByOthers(run, quota.code)),
        ]);
        if (typeof own === "string") return [{ state: "skipped", found: `${service}: ${own}` }];
        return ofService.map((need, index) =>
          verdictOf(need, { own: own.get(need.quota.code), others: others[index] }),
        );
      }),
    );
    const verdicts = found.flat();
    const amiss = verdicts.filter(({ state }) => state !== "ok");
    return amiss.length > 0
      ? amiss
      : {
          state: "ok",
          found: verdicts.map((verdict) => verdict.found).join("; ") || "none is nearly used up",
        };
  },
};

/** What is needed of quotas of the environment's region, by all of its layers. */
function remarkableNeeds({ world, layers, folders, loaded }: Run): readonly QuotaNeed[] {
  const synthesised = readEnvironment(world.files, folders.synthesised, layers);
  const { needs } = quotaNeeds(synthesised, loaded.environment, layers);
  return needs.filter(
    ({ quota, needed }) =>
      quota.scope === "region" &&
      quota.code !== "" &&
      needed > 0 &&
      needed >= remarkableShare * quota.default,
  );
}

interface Figures {
  /** The account's own quota; AWS lists none that was never raised for some services: it is the default there. */
  readonly own: number | undefined;
  /** What others use of it, if that is counted. */
  readonly others: number | undefined;
}

function verdictOf({ quota, needed, raise, show }: QuotaNeed, { own, others }: Figures): Verdict {
  const limit = own ?? quota.default;
  const used = others === undefined ? "" : `, of which others use ${others}`;
  const found = `${quota.name}: ${needed} needed of ${limit}${used}`;
  if (needed + (others ?? 0) <= limit) return { state: "ok", found };
  const desired = raise?.replace(/--desired-value \d+/, `--desired-value ${needed + (others ?? 0)}`);
  return { state: "failed", found, cure: `Run: ${desired ?? show}` };
}
