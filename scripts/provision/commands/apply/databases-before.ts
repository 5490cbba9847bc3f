import type { AnyLayer } from "../../../../lib/layer/layer";
import { needSettings } from "../../run/need-settings";
import type { Run } from "../../run/run";
import type { Preparation } from "../../runner/walk";
import { databases } from "../databases/index";

/** Databases and users that must exist before a layer is applied; undefined if it uses none. */
export function databasesBefore(run: Run, layer: AnyLayer): Preparation | undefined {
  const names = usedBy(run, layer);
  if (names.length === 0) return undefined;
  return {
    name: "databases",
    summary: `Databases and users that "${layer.name}" uses`,
    act: async () => {
      const { ensureDatabases } = await databases.load();
      return ensureDatabases(run, layer, names);
    },
  };
}

function usedBy({ loaded }: Run, layer: AnyLayer): readonly string[] {
  const needs = needSettings(loaded, layer);
  return layer.usesDatabases?.({ settings: loaded.settings[layer.name], needs }) ?? [];
}
