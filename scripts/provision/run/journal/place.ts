import type { Environment } from "../../../../lib/layer/environment-schema";
import type { RunFolders } from "../folders";

/** What a journal's file ends with. */
const extension = ".jsonl";

/** The file of a run's journal on this machine; a rehearsal's is among its own files. */
export function journalFile({ own }: Pick<RunFolders, "own">, run: string): string {
  return `${own}/journal/${run}${extension}`;
}

/**
 * Its object in the state bucket, in the form of a state's key, for which the deployer has rights. Each run has one of its own,
 * because nothing can be added to an object.
 */
export function journalKey({ name, region }: Environment, run: string): string {
  return `${region}/journal/${run}/${name}`;
}

/** The run that a file or a key is the journal of; undefined for all others. */
export function runOf(
  { name, region }: Environment,
  place: { readonly file: string } | { readonly key: string },
): string | undefined {
  if ("file" in place)
    return place.file.endsWith(extension) ? place.file.slice(0, -extension.length) : undefined;
  const [first, journal, run, environment, ...below] = place.key.split("/");
  const own = first === region && journal === "journal" && environment === name && below.length === 0;
  return own ? run : undefined;
}
