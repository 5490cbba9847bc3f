import { exitCodes, UserError } from "../../../../lib/errors";
import type { AnyLayer } from "../../../../lib/layer/layer";
import { commandLine } from "../../command-line/request";
import type { Finding } from "../../kubernetes/found/finding";
import { retryLine, type Run } from "../../run/run";
import { askConsent } from "../../runner/consent";

/** Asks before findings in a cluster are removed or restored; with --yes, only what is beyond doubt is. */
export async function agreeToCure(
  run: Run,
  layer: AnyLayer,
  { findings, question }: { readonly findings: readonly Finding[]; readonly question: string },
): Promise<void> {
  const [doubtful] = findings.filter(({ doubt }) => doubt !== undefined);
  if (run.request.yes && doubtful !== undefined) throw doubted(run, layer, doubtful);
  if (run.request.yes) return;
  for (const { text, doubt } of findings) if (doubt !== undefined) run.events.note(`${text}: ${doubt}`);
  const given = { verb: "apply", subject: layer.name, review: "what is listed above" };
  await askConsent(run, { ...given, question, next: retryLine(run, layer) });
}

function doubted(run: Run, layer: AnyLayer, { text, doubt = "" }: Finding): UserError {
  const next = commandLine(run.request, {
    only: [layer.name],
    from: undefined,
    until: undefined,
    yes: false,
  });
  return new UserError(
    `Cannot apply "${layer.name}" with --yes: ${text}, and ${doubt}`,
    `To decide, run: ${next}`,
    exitCodes.preflightFailed,
  );
}
