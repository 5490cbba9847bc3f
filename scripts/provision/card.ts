import type { Run } from "./run";
import { commandLine } from "./request";

/** What to do next: where things answer, how to reach the cluster. */
export function closingCard(run: Run): string {
  const { bold, yellow } = run.screen.ink;
  const { environment } = run.loaded;
  const outputs = new Map([...run.known.values()].flatMap((values) => Object.entries(values)));
  const lines = [
    ...(run.request.rehearse
      ? [yellow(`Simulated: nothing exists in account ${environment.account}, and no AWS call was made.`)]
      : []),
    ...[...outputs].filter(([name]) => name.endsWith("Url")).map(([name, url]) => line(name, String(url))),
    ...kubectl(run, outputs.get("clusterName")),
    ...(run.request.wholeLife ? [] : [line("next", nextCommand(run))]),
  ];
  const some = run.selected.map(({ name }) => name).join(", ");
  const subject =
    run.selected.length === run.layers.length ? environment.name : `${environment.name} (${some})`;
  return [bold(`\n${subject} is up to date`), ...lines].join("\n");
}

function nextCommand({ request }: Run): string {
  const everything = { only: [], from: undefined, until: undefined, allowDataLoss: [] };
  return commandLine(request, { ...everything, command: "outputs", yes: false, adoptStateBucket: false });
}

/** By a tunnel, because the cluster is private; what is simulated has nothing to lead to. */
function kubectl({ request }: Run, cluster: unknown): readonly string[] {
  if (typeof cluster !== "string" || request.rehearse) return [];
  const only = { only: ["eks"], from: undefined, until: undefined, allowDataLoss: [] };
  return [
    line(
      "kubectl",
      commandLine(request, { ...only, command: "tunnel", yes: false, adoptStateBucket: false }),
    ),
  ];
}

function line(name: string, value: string): string {
  return `  ${name.replace(/Url$/, "").padEnd(12)}${value}`;
}
