import type { Hook } from "../../../lib/environment/hooks";
import type { Run } from "../run/run";

/** The hooks of the selected layers, and those of all layers. */
export function hooksOf({ loaded, selected }: Run): readonly Hook[] {
  return loaded.hooks.filter(
    ({ layer }) => layer === undefined || selected.some(({ name }) => name === layer),
  );
}

/** Those of one point that run; a layer that is undefined stands for all. */
export function hooksAt(run: Run, layer: string | undefined, when: Hook["when"]): readonly Hook[] {
  const { command, rehearse } = run.request;
  if (rehearse) return [];
  return hooksOf(run).filter(
    (hook) => hook.when === when && hook.layer === layer && hook.during.some((one) => one === command),
  );
}

/** `after eks: ./notify.sh`. */
export function titleOf({ when, layer = "all layers", command }: Hook): string {
  return `${when} ${layer}: ${command[0] ?? ""}`;
}
