import { conditionalWrites } from "../aws/conditional-writes";
import { hindered } from "../aws/hindered";
import { assertPreflight as assertLayers } from "../aws/preflight";
import type { Run } from "../run/run";
import type { Verdict } from "../run/verdict";
import { credentialTime } from "./credential-time";
import { diskSpace } from "./disk-space";

/**
 * Checks what must be true before the first layer, in the account and on this machine: what `doctor` looks at, without what Terraform or
 * the environment's lock find out by themselves. Throws with every check that failed.
 */
export async function assertPreflight(run: Run): Promise<void> {
  if (run.request.rehearse) return;
  await assertLayers(run);
  const verdicts = [credentialTime(run, run.folders), diskSpace(run, run.folders), ...(await ofStorage(run))];
  const failed = verdicts.flatMap((verdict) =>
    verdict.state === "failed" ? [{ reason: verdict.found, cure: verdict.cure }] : [],
  );
  if (failed.length > 0) throw hindered(run, "preflight checks failed", failed);
  for (const verdict of verdicts)
    if (verdict.state === "warning") run.events.note(`${capital(verdict.found)}. ${verdict.cure}`, "warning");
}

/** S3 itself honours conditional writes; what stands in for it may not. */
async function ofStorage(run: Run): Promise<readonly Verdict[]> {
  const { AWS_ENDPOINT_URL_S3: own, AWS_ENDPOINT_URL: all } = run.environment;
  const changes = run.request.command === "apply";
  return changes && (own || all) ? [await conditionalWrites(run, "question")] : [];
}

const capital = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
