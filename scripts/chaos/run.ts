import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Account, openAccount, since } from "./account";
import { type Undisturbed, planCommand, type UndisturbedPhase } from "./undisturbed";
import type { Case } from "./case";
import { census, finishedObjects, type Found, inspect } from "./checks";
import { disturb } from "./disturb";
import { Operator } from "./operator";
import { processesBelow, tell } from "./processes";

/** How a run came out. */
export interface Result extends Found {
  readonly given: Case;
  /** Whether the environment is complete, or empty after a destroy, with nothing in the lists of `Found`. */
  readonly healed: boolean;
  /** Why not; empty if it is. */
  readonly problems: readonly string[];
  /** Commands typed after the disturbance. */
  readonly typed: number;
  readonly seconds: number;
  /** What it left, kept if it is not healed. */
  readonly folder: string;
}

/** Of the small disk: `provision` asks for 100 MB before it begins. */
const megabytes = 192;
/** A command that has not ended then hangs. */
const longestMs = 240_000;

/**
 * Runs one case to its end; earlier in the phase if the command was over before the disturbance could begin. What goes wrong
 * around the command ends this case alone.
 */
export async function runCase(given: Case, base: Undisturbed, folder: string): Promise<Result> {
  const started = performance.now();
  for (let moment = given.moment; ; moment *= 0.6) {
    const result = await attempt({ ...given, moment }, base, folder).catch((error: unknown) =>
      failed([`the run itself: ${String(error)}`], 0),
    );
    const seconds = (performance.now() - started) / 1000;
    if (result !== "missed") return { ...result, given, seconds, folder };
    if (moment < 0.01)
      return { ...failed(["the command is over before its disturbance"], 0), given, seconds, folder };
  }
}

type Outcome = Omit<Result, "given" | "seconds" | "folder">;

async function attempt(given: Case, base: Undisturbed, folder: string): Promise<Outcome | "missed"> {
  const phase = base.phases[given.phase];
  const work = join(folder, "work");
  prepare(given, phase, folder);
  const account = await openAccount(folder, base);
  const operator = new Operator(work, account.variables);
  try {
    account.setReadyMs(given.readyMs);
    const before = account.ticks();
    const { measure } = given;
    const due = phase.ticks[measure] * given.moment;
    const working = operator.start(phase.command, given.kind === "closed" ? "terminal" : "pipe");
    while (!working.over() && since(before, account.ticks())[measure] < due) await sleep(15);
    await sleep(given.jitterMs);
    const finished = finishedObjects(account, Date.now(), given.readyMs);
    if (!(await disturb(given, { account, working, folder: work }))) return "missed";
    const ended = await Promise.race([working.ended, sleep(longestMs, undefined, { ref: false })]);
    account.setReadyMs(0);
    if (ended === undefined) return failed(["the disturbed command has not ended"], 0);
    const after = given.first === "message" ? ended : undefined;
    if (ended.exitCode === 0) await operator.finish(ended);
    const healed = ended.exitCode === 0 || (await operator.heal(phase.command, after));
    return await judge({ given, base, account, operator, work, finished, healed });
  } finally {
    for (const { pid } of processesBelow(work)) tell(pid, "SIGKILL");
    await account.stop();
    writeRecord(folder, given, operator);
    if (given.kind === "full") umount(folder, work);
  }
}

interface Judged {
  readonly given: Case;
  readonly base: Undisturbed;
  readonly account: Account;
  readonly operator: Operator;
  readonly work: string;
  readonly finished: Parameters<typeof inspect>[2];
  readonly healed: boolean;
}

async function judge({ given, base, account, operator, work, finished, healed }: Judged): Promise<Outcome> {
  const phase = base.phases[given.phase];
  const typed = operator.record.length - 1;
  const problems: string[] = healed ? [] : ["no command that was typed has succeeded"];
  if (healed && given.phase !== "destroy") {
    const { exitCode } = await operator.run(planCommand(base.layers));
    if (exitCode !== 0) problems.push(`a second plan ends with ${exitCode ?? "a signal"}`);
  }
  const found = inspect(account, work, given.phase === "destroy" ? [] : finished);
  if (census(account.objects()) !== phase.census) problems.push("the objects are others than undisturbed");
  const left = processesBelow(work).length;
  if (left > 0) problems.push(`${left} processes are left`);
  for (const [name, list] of Object.entries(found) as [string, readonly string[]][])
    if (list.length > 0) problems.push(`${list.length} ${name}: ${list.slice(0, 3).join(", ")}`);
  return { ...found, healed: problems.length === 0, problems, typed };
}

function failed(problems: readonly string[], typed: number): Outcome {
  const none = { locks: [], orphans: [], lost: [], replaced: [], unsaved: [] };
  return { ...none, healed: false, problems, typed };
}

/** Copies what the phase starts from; where the disk is to be full, onto a small one. */
function prepare({ kind }: Case, { folder: source }: UndisturbedPhase, folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, "work"), { recursive: true });
  if (kind === "full")
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${megabytes}m`, "none", join(folder, "work")]);
  cpSync(source, folder, { recursive: true, verbatimSymlinks: true });
}

/** What was on the small disk stays to be looked at. */
function umount(folder: string, work: string): void {
  const kept = join(folder, "work-on-full-disk");
  rmSync(kept, { recursive: true, force: true });
  cpSync(work, kept, { recursive: true, verbatimSymlinks: true });
  execFileSync("umount", ["--lazy", work], { stdio: "ignore" });
}

function writeRecord(folder: string, given: Case, { record }: Operator): void {
  const text = record.map(({ command, exitCode, output, seconds }) =>
    [
      `$ ${command}`,
      output.trimEnd(),
      `(${exitCode ?? "ended by a signal"}, ${seconds.toFixed(1)} s)`,
      "",
    ].join("\n"),
  );
  writeFileSync(join(folder, "screen.txt"), [JSON.stringify(given), "", ...text].join("\n"));
}
