import type { Run } from "../../../run/run";
import { askingAws, type DoctorLook } from "../ground";
import { conditionalWrites } from "./conditional-writes";
import { accountLooks } from "./credentials";
import { earlierRuns } from "./earlier-runs";
import { preflightLooks } from "./layers";
import { locks } from "./locks";
import { machineLooks } from "./machine";
import { programLooks } from "./programs";
import { providers } from "./providers";
import { quotas } from "./quotas";
import { storedStates } from "./stored-states";

/** Every look at what the selected layers need, in the order in which a run would meet it. */
export function looksOf(run: Run): readonly DoctorLook[] {
  return [
    ...programLooks(run),
    ...machineLooks,
    ...earlierRuns,
    ...accountLooks,
    ...[conditionalWrites, locks, storedStates].map(askingAws),
    providers,
    askingAws(quotas),
    ...preflightLooks(run).map(askingAws),
  ];
}
