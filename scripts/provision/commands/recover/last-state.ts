import type { AnyLayer } from "../../../../lib/layer/layer";
import { lastKnown } from "../../runner/stored-states/last-known";
import type { Trouble } from "../../runner/stored-states/look";
import type { RecoverRun } from "./index";
import { identityIn } from "./restored-text";
import type { Candidate, WholeVersion } from "./versions";

/** What is known of the last state that the bucket had of a layer. */
interface LastState {
  /** Unset: nothing tells. */
  readonly lineage: string | undefined;
  /** The highest of which anything tells. */
  readonly serial: number;
  /** Whether none can have been higher. */
  readonly isCertain: boolean;
}

/** What the damaged or lost state itself, its versions and the journals tell of the last one. */
export async function lastState(
  run: RecoverRun,
  layer: AnyLayer,
  { trouble, found }: { readonly trouble: Trouble; readonly found: readonly Candidate[] },
): Promise<LastState> {
  const own = knownSerial(trouble);
  const serials = found.map((each) => ("head" in each ? each.head.serial : 0));
  const told = (await lastKnown(run, layer))?.serial;
  const serial = Math.max(own, ...serials, told ?? 0);
  // Of a run that wrote one and did not come to tell, the journal says that it was cut off.
  return { lineage: knownLineage(trouble, found), serial, isCertain: own > 0 || told !== undefined };
}

/** The last serial that the state is known to have had; 0: it is not known. */
function knownSerial(trouble: Trouble): number {
  return trouble.kind === "damaged" ? identityIn(trouble.text).serial : (trouble.last.serial ?? 0);
}

function knownLineage(trouble: Trouble, found: readonly Candidate[]): string | undefined {
  const cut = trouble.kind === "lost" ? undefined : identityIn(trouble.text).lineage;
  const newest = found.find((version): version is WholeVersion => "head" in version);
  return cut ?? newest?.head.lineage;
}
