import type { LoadedEnvironment } from "../../../lib/environment/environment";
import type { AnyLayer } from "../../../lib/layer/layer";

/** The settings of the layers that a layer needs, by its aliases of them. */
export function needSettings(
  { settings }: Pick<LoadedEnvironment, "settings">,
  { needs }: Pick<AnyLayer, "needs">,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(needs).map(([alias, { name }]) => [alias, settings[name]]));
}
