import { signInOf } from "../../aws/credentials";
import { awsFailure } from "../../aws/failure";
import { hindered } from "../../aws/hindered";
import { refusedCredentials } from "../../aws/refused-credentials";
import { listStateObjects, type Stored } from "../../aws/state-objects";
import type { Run } from "../../run/run";

/** Lists what the state bucket has of this environment; undefined if there is no such bucket. */
export async function listStates(run: Run): Promise<Stored | undefined> {
  const found = await listStateObjects(run);
  if (found.kind === "stored") return found;
  if (found.kind === "no bucket") return undefined;
  // What answers where an instance has its role need not have one, and is only found out by a request.
  if (found.fault.kind === "credentials")
    throw hindered(run, "prerequisites are missing", [refusedCredentials(run, signInOf(run), found.fault)]);
  throw awsFailure(run, `read the state bucket "${run.loaded.environment.state.bucket}"`, found.fault);
}
