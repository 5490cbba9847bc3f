import type { LoadedEnvironment } from "../../../lib/environment/environment";
import { boundaryChecks } from "../../../lib/layer/boundary-check";
import type { AnyLayer } from "../../../lib/layer/layer";
import type { Preflight } from "../../../lib/layer/preflight";
import type { Subject } from "../../../lib/layer/question";
import type { Question } from "../../../lib/layer/survey";
import { needSettings } from "../run/need-settings";
import { existenceActions } from "./existence";
import { objectsByKeyActions } from "./objects-by-key";
import { taggedResourcesActions } from "./tagged-resources";
import { quotaActions } from "./account-quotas";
import { targetHealthActions } from "./target-health";

/** What these layers ask of AWS before a run (`survey`) or after (`leftovers`). */
export function questionsOf(
  when: "survey" | "leftovers",
  layers: readonly AnyLayer[],
  { environment, settings }: LoadedEnvironment,
): readonly Question[] {
  return layers.flatMap((layer) => layer[when]?.({ environment, settings: settings[layer.name] }) ?? []);
}

/** A check, and the layer that declares it, unless it is one of the whole environment. */
export interface DeclaredPreflight {
  readonly layer?: string;
  readonly check: Preflight;
}

/** What must be true before these layers are planned or applied. */
export function preflightOf(
  layers: readonly AnyLayer[],
  { environment, settings }: LoadedEnvironment,
): readonly DeclaredPreflight[] {
  return [
    ...boundaryChecks(environment).map((check) => ({ check })),
    ...layers.flatMap((layer) =>
      (layer.preflight?.({ environment, settings: settings[layer.name] }) ?? []).map((check) => ({
        layer: layer.name,
        check,
      })),
    ),
  ];
}

/** What a destroy asks for before it deletes what something else may need. */
function dependentsOf(
  layers: readonly AnyLayer[],
  { environment, settings }: LoadedEnvironment,
): readonly Subject[] {
  return layers.flatMap((layer) => {
    const retained = layer.retained?.({ environment, settings: settings[layer.name] }) ?? [];
    // The actions are the same whatever the ARNs are.
    const arns = Object.fromEntries(retained.map(({ address }) => [address, ""]));
    return retained.flatMap((kept) => kept.dependents(arns));
  });
}

/** What IAM must allow for all questions of these layers, for the checks of a rollout, and to find what no state has, or quotas lack. */
export function surveyActions(layers: readonly AnyLayer[], loaded: LoadedEnvironment): readonly string[] {
  const subjects = [
    ...preflightOf(layers, loaded).map(({ check }) => check),
    ...questionsOf("survey", layers, loaded),
    ...questionsOf("leftovers", layers, loaded),
    ...obstaclesOf(layers, loaded),
    ...dependentsOf(layers, loaded),
    ...abandonedBy(layers, loaded),
  ];
  const rollout = layers.some((layer) => layer.rollout !== undefined) ? targetHealthActions : [];
  const always = [...taggedResourcesActions, ...existenceActions, ...objectsByKeyActions, ...quotaActions];
  return [...new Set([...subjects.flatMap(({ actions }) => actions), ...rollout, ...always])];
}

/** What these layers would look for with a state that has one resource of each type. */
function obstaclesOf(layers: readonly AnyLayer[], { environment, settings }: LoadedEnvironment) {
  const ids = (type: string) => [type];
  return layers.flatMap(
    (layer) => layer.obstacles?.({ environment, settings: settings[layer.name], ids }) ?? [],
  );
}

/** What these layers' clusters may leave, and the question whether they are gone. */
function abandonedBy(layers: readonly AnyLayer[], loaded: LoadedEnvironment) {
  const { environment, settings } = loaded;
  return layers.flatMap((layer) => {
    const needs = needSettings(loaded, layer);
    const abandoned = layer.abandoned?.({
      environment,
      settings: settings[layer.name],
      needs,
      ids: () => [],
    });
    return abandoned === undefined ? [] : [abandoned, ...abandoned.kinds];
  });
}
