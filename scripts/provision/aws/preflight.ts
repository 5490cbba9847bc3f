import type { Check, Hindrance, Preflight } from "../../../lib/layer/preflight";
import type { Run } from "../run/run";
import { askAws } from "./client";
import { type Fault, faultText } from "./fault";
import { noResultText } from "./no-result";
import { hindered } from "./hindered";
import { preflightOf } from "./questions";
import { unknownLines } from "./unknown-lines";

/** What came of one check. */
export type PreflightResult =
  | { readonly kind: "passed" }
  | { readonly kind: "failed"; readonly hindrances: readonly Hindrance[] }
  | { readonly kind: "unknown"; readonly about: string; readonly because: string };

/** Asks AWS what must be true before the first layer; throws with every check that failed. */
export async function assertPreflight(run: Run): Promise<void> {
  if (run.request.rehearse) return;
  const results = await run.events.step("preflight checks", () =>
    Promise.all(preflightOf(run.selected, run.loaded).map(({ check }) => preflightResult(run, check))),
  );
  const failed = results.flatMap((result) => (result.kind === "failed" ? result.hindrances : []));
  if (failed.length > 0) throw hindered(run, "preflight checks failed", failed);
  for (const line of unknownLines(results.filter((result) => result.kind === "unknown")))
    run.events.note(line, "quiet");
}

/** Makes one check; what is no answer of AWS is unknown. */
export async function preflightResult(
  run: Run,
  check: Preflight,
  patience?: "look",
): Promise<PreflightResult> {
  const resultAt = async (asked: Check): Promise<PreflightResult> => {
    const reply = await askAws(run, asked, patience);
    if (reply.kind === "fault") return onFault(check.about, asked, reply.fault);
    const found = asked.verdict(reply.output);
    if (found !== undefined && "verdict" in found) return resultAt(found);
    const hindrances = found === undefined ? [] : [found].flat();
    return hindrances.length === 0 ? { kind: "passed" } : { kind: "failed", hindrances };
  };
  try {
    return await resultAt(check);
  } catch (error) {
    // Nor does an answer of an unknown shape say anything about the account.
    return { kind: "unknown", about: check.about, because: noResultText(error) };
  }
}

/** Only what AWS itself refuses says anything about the account; a network that is down is for Terraform to report. */
function onFault(about: string, check: Check, fault: Fault): PreflightResult {
  const refused = ["refused", "credentials", "clock"].includes(fault.kind);
  const verdict = (refused ? check.verdictOnRefusal?.(fault) : undefined) ?? check.otherwise;
  if (verdict === "passed") return { kind: "passed" };
  if (verdict !== undefined) return { kind: "failed", hindrances: [verdict] };
  return { kind: "unknown", about, because: faultText(fault) };
}
