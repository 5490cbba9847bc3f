import { readHolder, type Holder } from "../run/lock-holder";
import type { Records } from "../run/records";
import type { Command, World } from "../world/index";

/** What is known of a Terraform that this run, or one that was killed, has started in a layer's folder. */
export interface RunningProcess {
  /** Undefined if the record cannot be read. */
  readonly holder: Holder | undefined;
  /** What it has printed on standard output so far. */
  readonly stdout: string;
}

/** In which the outputs and the record of a running Terraform begin. */
function filesOf(folder: string) {
  const base = `${folder}/running`;
  return { base, record: `${base}.json`, stdout: `${base}.stdout`, stderr: `${base}.stderr` };
}

/** Lets a command go on when this process is killed, and lets the next run find it. */
export function outliving({ self, clock }: World, records: Records, command: Command): Command {
  const { base, record } = filesOf(command.folder);
  const started = clock.now().toISOString();
  const onStart = (pid: number) => {
    const holder: Holder = { pid, host: self.host, command: command.arguments.join(" "), started };
    // Without it, the next run meets the lock of the state.
    records.write(record, `${JSON.stringify(holder)}\n`);
  };
  return { ...command, outlives: base, onStart };
}

/** Forgets a command that has ended. */
export function forgetProcess(records: Records, folder: string): void {
  const { record, stdout, stderr } = filesOf(folder);
  // What stays is, for the next run, of a process that has ended.
  for (const path of [record, stdout, stderr]) records.remove(path);
}

/** The Terraform that a run which was killed has started in a layer's folder; undefined if there is none. */
export function foundProcess({ files }: Pick<World, "files">, folder: string): RunningProcess | undefined {
  const { record, stdout } = filesOf(folder);
  const text = files.read(record);
  if (text === undefined) return undefined;
  return { holder: readHolder(text), stdout: files.read(stdout) ?? "" };
}
