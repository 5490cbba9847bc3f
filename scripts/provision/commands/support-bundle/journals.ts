import type { JournalLine } from "../../run/journal/line";
import type { Run } from "../../run/run";
import { readJournals } from "../../runner/read-journals";
import type { World } from "../../world/index";
import { keptText } from "./kept-text";

/** As many runs are in it. */
const newest = 20;

type Files = readonly (readonly [name: string, text: string])[];

/** The journals of the newest runs, of this machine, its rehearsals and of the state bucket; and why some are missing. */
export async function journals(run: Run): Promise<Files> {
  const { runs, bucketUnread } = await readJournals(run, { newest });
  const unread = `The journals in the state bucket are missing: ${bucketUnread ?? ""}\n`;
  return [
    ...(bucketUnread === undefined ? [] : [["journal/missing.txt", unread] as const]),
    ...localJournals(run.world, run.loaded.environment.name),
    ...runs.map(({ run: name, lines }) => [`journal/${name}.jsonl`, lines.map(textOf).join("")] as const),
  ];
}

function textOf(line: JournalLine): string {
  return `${JSON.stringify(line)}\n`;
}

/** The newest journals on this machine, of any environment; or those of one environment's rehearsals, which are nowhere else. */
export function localJournals({ files }: Pick<World, "files">, rehearsalsOf?: string): Files {
  const found = files.list(".provision").filter((path) => {
    if (!/(^|\/)journal\/[^/]+\.jsonl$/.test(path)) return false;
    return (
      rehearsalsOf === undefined || /^(?:rehearsal|full-cycle)\/([^/]+)\//.exec(path)?.[1] === rehearsalsOf
    );
  });
  const nameOf = (path: string) => path.slice(path.lastIndexOf("/") + 1);
  const chosen = found.toSorted((one, other) => (nameOf(one) < nameOf(other) ? 1 : -1)).slice(0, newest);
  return chosen.map((path) => [`journal/${nameOf(path)}`, keptText(files, `.provision/${path}`)] as const);
}
