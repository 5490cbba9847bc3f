import type { Application } from "../../kubernetes/application";
import { judge, type Verdict, waveOf } from "../../kubernetes/verdict";

/** One Application, as it is shown. */
export interface ApplicationRow {
  readonly name: string;
  readonly wave: number;
  readonly sync: string;
  readonly health: string;
  readonly state: Verdict["state"] | "not created";
  readonly reason: string;
}

/** Every Application that there is, and those that the root application has yet to create. */
export function rowsOf(
  applications: readonly Application[],
  root: Application | undefined,
): readonly ApplicationRow[] {
  const children = (root?.status.resources ?? []).filter(
    ({ kind, name }) => kind === "Application" && name !== "",
  );
  const waves = new Map(children.map(({ name, syncWave }) => [name, syncWave]));
  const found = applications
    .filter((application) => application !== root)
    .map((application): ApplicationRow => {
      const { metadata, status } = application;
      const { state, reason } = judge(application);
      return {
        name: metadata.name,
        wave: waves.get(metadata.name) ?? waveOf(application),
        sync: status.sync.status || "Unknown",
        health: status.health.status || "Unknown",
        ...{ state, reason },
      };
    });
  const known = new Set(found.map(({ name }) => name));
  const missing = children
    .filter(({ name }) => !known.has(name))
    .map(({ name, syncWave: wave }): ApplicationRow => {
      return { name, wave, sync: "", health: "", state: "not created", reason: "" };
    });
  return [...found, ...missing].toSorted(
    (one, other) => one.wave - other.wave || (one.name < other.name ? -1 : 1),
  );
}
