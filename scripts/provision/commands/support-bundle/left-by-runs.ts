import type { World } from "../../world/index";
import { keptText } from "./kept-text";

/** Logs of as many runs are in it. */
const newestRuns = 5;
/** What runs keep about themselves beside their logs, in the folder of an environment. */
const records =
  /^(?:[^/]+|rehearsal\/[^/]+|full-cycle\/[^/]+)\/(?:last-run\.json|durations\.json|run\.lock)$/;

/** The logs of the newest runs, and their records: those of an environment, or all. Neither states nor plans are among them. */
export function leftByRuns(
  { files }: Pick<World, "files">,
  environment?: string,
): readonly (readonly [name: string, text: string])[] {
  const all = files.list(".provision");
  const isOwn = (path: string) => environment === undefined || path.split("/").includes(environment);
  const logs = all.filter((path) => /^logs\/[^/]+\/[^/]+\/.+\.log$/.test(path) && isOwn(path));
  const runOf = (path: string) => path.split("/").slice(1, 3).join("/");
  const time = (run: string) => run.slice(run.indexOf("/"));
  const runs = [...new Set(logs.map(runOf))].toSorted((one, other) => (time(one) < time(other) ? 1 : -1));
  const chosen = new Set(runs.slice(0, newestRuns));
  return [
    ...all.filter((path) => records.test(path) && isOwn(path)),
    ...logs.filter((path) => chosen.has(runOf(path))),
  ].map(
    (path) =>
      [path.startsWith("logs/") ? path : `runs/${path}`, keptText(files, `.provision/${path}`)] as const,
  );
}
