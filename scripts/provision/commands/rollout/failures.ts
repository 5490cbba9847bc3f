import { UserError } from "../../../../lib/errors";
import { commandLine } from "../../command-line/request";
import type { Run } from "../../run/run";
import type { Checked } from "./checks/check";
import type { Situation, Stop } from "./progress";
import { summary } from "./lines";
import type { Watch, Watched } from "./watch";

/** Why a rollout did not end well: something fails for good, or the time was over. */
export function stopped(run: Run, given: Watch, watched: Watched): UserError {
  const { situation } = watched;
  if (situation?.stop === undefined) return late(run, given.limitSeconds, watched);
  const { stop } = situation;
  const { subject } = stop;
  const causes = typeof subject === "object" ? watched.causes(subject.application) : [];
  const lines = [`Cannot finish the rollout: ${sentence(stop)}`, ...causes.map((cause) => `  ${cause}`)];
  return new UserError(lines.join("\n"), hintOf(run, stop, given));
}

function late(run: Run, limitSeconds: number, { situation, causes }: Watched): UserError {
  const minutes = Math.round((limitSeconds / 60) * 10) / 10;
  const state = situation === undefined ? "the Kubernetes API does not answer" : summary(situation);
  const names = situation === undefined ? [] : open(situation);
  const again = commandLine(run.request, { command: "rollout" });
  const lines = names.flatMap((name) => causes(name).map((cause) => `  ${name}: ${cause}`));
  return new UserError(
    [
      `Cannot finish the rollout within ${minutes} ${minutes === 1 ? "minute" : "minutes"}: ${state}${names.length === 0 ? "" : `, waiting for ${names.join(", ")}`}`,
      ...lines,
    ].join("\n"),
    `It goes on in the cluster; watch it with: ${again}`,
  );
}

/** Names of those that the wave waits for. */
function open({ step, waitsFor, rows, wave }: Situation): readonly string[] {
  if (step !== "applications" || waitsFor === "") return [];
  return rows.filter((row) => row.wave === wave && row.state !== "done").map(({ name }) => name);
}

function sentence({ subject, wave, reason }: Stop): string {
  if (typeof subject === "object")
    return `"${subject.application}" in wave ${wave ?? 0} ${reason === "Degraded" ? "is degraded" : `fails, ${reason}`}`;
  switch (subject) {
    case "Argo CD":
      return `Argo CD does not start, ${reason}`;
    case "repository":
      return `Argo CD cannot read the repository, ${reason}`;
    case "root application":
      return `the root application fails, ${reason}`;
  }
}

function hintOf(run: Run, { subject }: Stop, { layer, rollout }: Watch): string {
  const { namespace, argocdNamespace, rootApplication } = rollout;
  const again = commandLine(run.request, { command: "rollout" });
  const { env } = run.request;
  if (typeof subject === "object")
    return `To see more, run: kubectl -n ${namespace} describe application ${subject.application}; once it is corrected, run: ${again}`;
  switch (subject) {
    case "Argo CD":
      return `To see more, run: kubectl -n ${argocdNamespace} describe pods; once it is corrected, run: ${again}`;
    case "repository":
      return `Correct layers.${layer.name}.repository in ${env}, or the way to it from the cluster, then run: ${commandLine(run.request, { command: "apply", plan: undefined, only: [layer.name] })}`;
    case "root application":
      return `To see more, run: kubectl -n ${namespace} describe application ${rootApplication}; once it is corrected, run: ${again}`;
  }
}

/** Undefined where no check failed. */
export function checksFailed(run: Run, checks: Readonly<Record<string, Checked>>): UserError | undefined {
  const failed = Object.entries(checks).filter(([, { outcome }]) => outcome === "failed");
  if (failed.length === 0) return undefined;
  const lines = failed.map(([name, { text }]) => `  ${name}: ${text}`);
  const what = failed.length === 1 ? "1 check fails" : `${failed.length} checks fail`;
  return new UserError(
    [`Cannot finish the rollout: every application is healthy, but ${what}`, ...lines].join("\n"),
    `Correct what they report, then run: ${commandLine(run.request, { command: "rollout" })}`,
  );
}
