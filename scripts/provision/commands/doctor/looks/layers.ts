import { preflightResult } from "../../../aws/preflight";
import { type DeclaredPreflight, preflightOf } from "../../../aws/questions";
import type { Run } from "../../../run/run";
import type { Verdict } from "../../../run/verdict";
import type { DoctorLook } from "../ground";

/** One look for each check that a layer declares. */
export function preflightLooks({ selected, loaded }: Run): readonly DoctorLook[] {
  return preflightOf(selected, loaded).map(lookOf);
}

function lookOf({ layer, check }: DeclaredPreflight): DoctorLook {
  const needing = layer === undefined ? "every layer" : `the layer ${layer}`;
  return {
    about: layer === undefined ? check.about : `${layer}: ${check.about}`,
    why: `otherwise ${needing} would fail, after the layers before it are applied`,
    look: async ({ run }) => verdictsOf(await preflightResult(run, check, "look")),
  };
}

function verdictsOf(result: Awaited<ReturnType<typeof preflightResult>>): Verdict | readonly Verdict[] {
  switch (result.kind) {
    case "passed":
      return { state: "ok", found: "as it must be" };
    case "unknown":
      return { state: "skipped", found: result.because };
    case "failed":
      return result.hindrances.map(({ reason, cure }) => ({ state: "failed", found: reason, cure }));
  }
}
