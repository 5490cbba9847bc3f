import type { Run } from "../../run/run";
import { commandLine } from "../../command-line/request";

/** Summary after an apply: URLs, access to the cluster, next command. */
export function closingCard(run: Run): string {
  const { bold, yellow } = run.screen.ink;
  const { environment } = run.loaded;
  const lines = [
    ...(run.request.rehearse
      ? [
          yellow(
            `Simulated: no resources were created in account ${environment.account}, and no AWS API was called.`,
          ),
        ]
      : []),
    ...shownOutputs(run),
    ...furtherCommands(run),
    ...nextLines(run),
  ];
  const some = run.selected.map(({ name }) => name).join(", ");
  const subject =
    run.selected.length === run.layers.length ? environment.name : `${environment.name} (${some})`;
  return [bold(`\n${subject} is up to date`), ...lines].join("\n");
}

/** After an apply of some layers, the others are next: whether they are applied is not known here. */
function nextLines({ request, selected, layers }: Run): readonly string[] {
  const outputs = commandLine(request, { command: "outputs" });
  const others = layers.length - selected.length;
  if (others === 0) return [line("next", outputs)];
  const rest = others === 1 ? "1 other layer was" : `${others} other layers were`;
  return [
    line("outputs", outputs),
    line("not run", `${rest} not part of this run`),
    line("next", commandLine(request, { command: "plan" })),
  ];
}

/** What layers declare to be shown, of those that are applied. */
function shownOutputs({ layers, known }: Run): readonly string[] {
  return layers.flatMap(({ name, outputs }) => {
    const values = known.get(name) ?? {};
    return Object.entries(outputs).flatMap(([output, declared]) =>
      declared.kind === "text" && declared.shownAs !== undefined && Object.hasOwn(values, output)
        ? [line(declared.shownAs, String(values[output]))]
        : [],
    );
  });
}

/** Next commands that applied layers support; a rehearsal has no servers. */
function furtherCommands({ request, layers, known }: Run): readonly string[] {
  if (request.rehearse) return [];
  const applied = layers.filter(({ name }) => known.has(name));
  const declares = (member: "endpoints" | "logins") => applied.some((layer) => layer[member] !== undefined);
  // An option of that command, and not of this one.
  const asked = { ...request, program: "" };
  return [
    ...(declares("endpoints") ? [line("tunnel", commandLine(request, { command: "tunnel" }))] : []),
    ...(declares("logins")
      ? [line("password", commandLine(asked, { command: "password", program: "argocd" }))]
      : []),
  ];
}

function line(name: string, value: string): string {
  return `  ${name.padEnd(12)}${value}`;
}
