import { readBeside } from "../../../../lib/environment/beside";
import { environmentFolder } from "../../../../lib/environment/environment-folder";
import { exitCodes } from "../../../../lib/errors";
import { programLine } from "../../command-line/help";
import { type InProgress, runInProgress } from "../../run/in-progress";
import { type LastRun, readLastRun } from "../../run/last-run";
import { runFolders } from "../../run/folders";
import { minuteOf } from "../../screen/minute";
import type { World } from "../../world/index";

import type { EnvironmentsInvocation } from "./index";

/** An environment file, and what is known of its runs on this machine. */
interface Known {
  readonly name: string;
  readonly lastRun?: LastRun;
  readonly lastRehearsal?: LastRun;
  readonly inProgress?: Pick<InProgress, "command" | "started">;
  readonly next: string;
}

/** Lists the environments by their files and by what runs have left in .provision; reads nothing else. */
export function handle({ world, request, screen }: EnvironmentsInvocation): Promise<number> {
  const known = namesIn(world).map((name) => knownOf(world, name));
  if (request.format === "json") screen.verbatim(JSON.stringify({ environments: known }, undefined, 2));
  else screen.print(known.length === 0 ? withoutEnvironments() : known.map(textOf).join("\n"));
  if (known.length > 0 && world.terminal.interactive) screen.print(otherSteps());
  return Promise.resolve(exitCodes.done);
}

/** The example explains settings; it is no environment of anybody's. */
function namesIn({ files }: World): readonly string[] {
  return files.list(environmentFolder).flatMap((file) => {
    const name = /^([^/]+)\.yaml$/.exec(file)?.[1];
    return name === undefined || name === "example" ? [] : [name];
  });
}

function knownOf(world: World, name: string): Known {
  const { files, clock } = world;
  const folder = (rehearse: boolean, fullCycle: boolean) =>
    runFolders({ environment: name, rehearse, fullCycle, started: clock.now() }).own;
  const [own, ...rehearsals] = [folder(false, false), folder(true, false), folder(true, true)] as const;
  const lastRun = readLastRun(files, own);
  const lastRehearsal = rehearsals
    .flatMap((rehearsal) => readLastRun(files, rehearsal) ?? [])
    .toSorted((one, other) => Date.parse(other.started) - Date.parse(one.started))
    .at(0);
  const found = runInProgress(world, [own, ...rehearsals]);
  const inProgress = found && { command: found.command, started: found.started };
  return {
    name,
    ...(lastRun === undefined ? {} : { lastRun }),
    ...(lastRehearsal === undefined ? {} : { lastRehearsal }),
    ...(inProgress === undefined ? {} : { inProgress }),
    // Anything else would be refused, or plan what is about to change.
    next: `${programLine} ${runInProgress(world, [own]) ? `status --env ${name}` : nextOf(files, name, { lastRun, lastRehearsal })}`,
  };
}

/** Whether the file can be one of settings, as far as this is known without loading what checks it. */
function isLegible(files: World["files"], name: string): boolean {
  const text = readBeside(environmentFolder, (path) => files.read(path))(`${name}.yaml`);
  return text !== undefined && text.trim() !== "" && !/[\0\uFFFD]/.test(text);
}

/** The arguments of the next step. */
function nextOf(
  files: World["files"],
  name: string,
  {
    lastRun: run,
    lastRehearsal: rehearsal,
  }: { lastRun: LastRun | undefined; lastRehearsal: LastRun | undefined },
): string {
  if (!isLegible(files, name)) return `validate --env ${name}`;
  if (run !== undefined) {
    if (run.outcome !== "succeeded") return `${run.command} --env ${name}`;
    return `${{ plan: "apply", destroy: "plan" }[run.command] ?? "status"} --env ${name}`;
  }
  return rehearsal?.outcome === "succeeded" ? `plan --env ${name}` : `rehearse --env ${name}`;
}

function otherSteps(): string {
  return `\nAnother environment: ${programLine} init --env <name>\nEvery command: ${programLine} help`;
}

function textOf({ name, lastRun, lastRehearsal, inProgress, next }: Known): string {
  const [label, last] = lastRun === undefined ? ["last rehearsal", lastRehearsal] : ["last run", lastRun];
  const progress = inProgress && `${inProgress.command}, since ${minuteOf(new Date(inProgress.started))}`;
  const none = progress === undefined ? ["  no run on this machine"] : [];
  return [
    name,
    ...(progress === undefined ? [] : [`  a run is in progress: ${progress}`]),
    ...(last === undefined ? none : [`  ${label}: ${runText(last)}`]),
    `  next: ${next}`,
  ].join("\n");
}

function runText({ command, started, outcome, layer }: LastRun): string {
  return `${command}, ${minuteOf(new Date(started))}, ${outcome}${layer === undefined ? "" : ` at ${layer}`}`;
}

function withoutEnvironments(): string {
  return `There is no environment in ${environmentFolder}/ of the current folder\n  next: ${programLine} init --env <name>`;
}
