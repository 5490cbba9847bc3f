import { applyEvent } from "./apply-event";
import { inMinutes } from "./error-text";
import { counted } from "../run/counted";
import type { Events } from "../run/events";
import { Interrupted, type Interrupts } from "../run/interrupts";
import type { Holder } from "../run/lock-holder";
import { pause } from "../run/pause";
import type { Records } from "../run/records";
import type { World } from "../world/index";
import { renderDiagnostic } from "./diagnostics";
import { forgetProcess, foundProcess } from "./running-process";
import { readUiMessage } from "./ui-message";

/** What waits for the Terraform of an earlier run. */
interface Waiting {
  readonly layer: string;
  /** Of the layer. */
  readonly folders: readonly string[];
  readonly retry: string;
  readonly interrupts: Interrupts;
  readonly events: Pick<Events, "publish">;
  readonly records: Records;
  readonly mask: (text: string) => string;
}

/**
 * Waits until the Terraform that a killed run has left in a folder of the layer has ended, and says what it did: its state is
 * written only then. Throws `Interrupted` on Ctrl-C, which leaves it at work.
 */
export async function awaitEarlierProcesses(world: World, waiting: Waiting): Promise<void> {
  for (const folder of waiting.folders) await awaitEarlierProcess(world, folder, waiting);
}

async function awaitEarlierProcess(world: World, folder: string, waiting: Waiting): Promise<void> {
  const { events, interrupts, layer } = waiting;
  const holder = foundProcess(world, folder)?.holder;
  if (holder !== undefined && (await isRunning(world, holder))) {
    const text = `Terraform of a run that was killed is still at work: process ${holder.pid}, "${holder.command}", since ${inMinutes(holder.started)}; this run waits for its end`;
    events.publish({ type: "note", text, tone: "warning" });
    while (await isRunning(world, holder)) {
      await pause(world.clock, 1, () => interrupts.draining);
      if (interrupts.draining) throw new Interrupted(layer, waiting.retry);
    }
  }
  const found = foundProcess(world, folder);
  if (found === undefined) return;
  report(found.stdout, waiting, holder?.host === world.self.host ? undefined : holder?.host);
  forgetProcess(waiting.records, folder);
}

/** The Terraform that is still at work in a layer's folder, though its run was killed; undefined if there is none. */
export async function runningIn(world: World, folder: string): Promise<Holder | undefined> {
  const holder = foundProcess(world, folder)?.holder;
  return holder !== undefined && (await isRunning(world, holder)) ? holder : undefined;
}

/** Adds what it has printed to the layer's log, and notes how it ended; unless it ran elsewhere, where it may go on. */
function report(stdout: string, { layer, events, mask }: Waiting, elsewhere: string | undefined): void {
  const lines = stdout.split("\n").filter((line) => line !== "");
  const messages = lines.map(readUiMessage);
  for (const message of messages) {
    const said = applyEvent(layer, message);
    if (said !== undefined) events.publish(said);
    const text = message.kind === "diagnostic" ? renderDiagnostic(message.diagnostic) : message.text;
    events.publish({ type: "terraform printed", layer, text: mask(text) });
  }
  const done = messages.filter(({ kind }) => kind === "done").length;
  const failed = messages.flatMap((message) =>
    message.kind === "diagnostic" && message.diagnostic.severity === "error"
      ? [message.diagnostic.summary]
      : [],
  );
  const error = failed[0] === undefined ? "" : `, and failed: ${mask(failed[0])}`;
  const changes = `${counted(done, "completed change")}${error}`;
  const text =
    elsewhere === undefined
      ? `Terraform of a run that was killed has ended after ${changes}`
      : `Terraform of a run on "${elsewhere}" has printed ${changes}; whether it has ended is not known here`;
  events.publish({ type: "note", text });
}

/** Whether it still runs, on this machine: numbers of processes are used again, so its arguments count as well. */
async function isRunning(world: World, { pid, host, command }: Holder): Promise<boolean> {
  const { processes, self } = world;
  if (host !== self.host || pid === self.pid || !processes.exists(pid)) return false;
  const line = argumentsInProc(world, pid) ?? (await argumentsByPs(world, pid));
  // Where nothing tells its arguments, it counts as the same as long as there is one of this number.
  return line === undefined ? processes.exists(pid) : line.includes(command);
}

/** Of a process that has ended, but that nobody has waited for, they are empty: https://man7.org/linux/man-pages/man5/proc_pid_cmdline.5.html */
function argumentsInProc({ files }: Pick<World, "files">, pid: number): string | undefined {
  try {
    return files.read(`/proc/${pid}/cmdline`)?.replaceAll("\0", " ");
  } catch {
    // It has ended while it was read, or belongs to somebody who hides it.
    return undefined;
  }
}

/** Small containers have no ps, and that of BusyBox does not know these options. */
async function argumentsByPs({ processes, environment }: World, pid: number): Promise<string | undefined> {
  const { exitCode, stdout } = await processes.run({
    program: "ps",
    arguments: ["-p", String(pid), "-o", "args="],
    folder: ".",
    environment: { PATH: environment["PATH"] ?? "" },
    timeoutSeconds: 10,
  });
  return exitCode === 0 ? stdout : undefined;
}
