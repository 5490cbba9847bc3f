import type { Run } from "../../run/run";
import { commandLine } from "../../command-line/request";

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
    ...databases(run, outputs.get("databaseSecretArns")),
    ...(run.request.command === "apply"
      ? [line("next", commandLine(run.request, { command: "outputs" }))]
      : []),
  ];
  const some = run.selected.map(({ name }) => name).join(", ");
  const subject =
    run.selected.length === run.layers.length ? environment.name : `${environment.name} (${some})`;
  return [bold(`\n${subject} is up to date`), ...lines].join("\n");
}

/** By a tunnel, because the cluster is private; what is simulated has nothing to lead to. */
function kubectl(run: Run, cluster: unknown): readonly string[] {
  if (cluster === undefined || run.request.rehearse) return [];
  return [line("kubectl", commandLine(run.request, { command: "tunnel", only: ["eks"] }))];
}

/** Terraform makes their secrets only. */
function databases(run: Run, secrets: unknown): readonly string[] {
  if (secrets === undefined || run.request.rehearse) return [];
  return [line("databases", commandLine(run.request, { command: "databases" }))];
}

function line(name: string, value: string): string {
  return `  ${name.replace(/Url$/, "").padEnd(12)}${value}`;
}
