import { layerFolder } from "../../../synthesis/folder";
import { readLayer } from "../../../synthesis/read";
import { holdsSecrets } from "../../../synthesis/secret-values";
import type { Run } from "../run/run";
import type { Command, Finished, Processes } from "../world/index";
import { loggedText } from "./log-entry";
import { wantedLog, withReadableLog } from "./log-levels";

/** Writes a line if it is an entry of Terraform's own log, to the file that the operator has named, or else by `print`. */
export type OwnLog = (line: string, print: (text: string) => void) => boolean;

/** The own log of Terraform for one layer; undefined: the operator wants none. */
export function ownLog(run: Run, layer: string, mask: (text: string) => string): OwnLog | undefined {
  const wanted = wantedLog(run.environment);
  if (wanted === undefined) return undefined;
  const { files } = run.world;
  const { records } = run;
  const isSecret = holdsSecrets(readLayer(files, layerFolder(run.folders.synthesised, layer)));
  const { path } = wanted;
  return (line, print) => {
    const text = loggedText(line, { wanted, isSecret, mask });
    if (text === undefined || text === "") return text === "";
    if (path === undefined) print(text);
    else records.append(path, `${text}\n`);
    return true;
  };
}

/** Runs a command; what is on standard error besides the log is what the command itself has printed. */
export async function runLogging(
  processes: Pick<Processes, "run">,
  command: Command,
  isLogged: ((line: string) => boolean) | undefined,
): Promise<Finished> {
  if (isLogged === undefined) return processes.run(command);
  const others: string[] = [];
  const finished = await processes.run({
    ...command,
    environment: withReadableLog(command.environment),
    onErrorLine: (line) => {
      if (!isLogged(line)) others.push(`${line}\n`);
    },
  });
  return { ...finished, stderr: others.join("") };
}
