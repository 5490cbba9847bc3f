import { type Finding, findingsOf } from "../../gitops/expectations/compare";
import type { Expectation, Provision } from "../../gitops/expectations/expectation";
import type { EnvironmentNames } from "../../gitops/expectations/names";
import { platformOf } from "../../gitops/expectations/platform-of";
import { handedOver } from "../../gitops/expectations/provided/handed-over";
import { provisionsOf } from "../../gitops/expectations/provided/index";
import { withoutSwitchedOff } from "../../gitops/expectations/switched-off";
import type { LoadedEnvironment } from "../../lib/environment/environment";
import { type LayerJson, SynthesisedJson } from "../../synthesis/environment";
import { synthLayers } from "../synth";
import { type Example, examples, loadExample } from "./examples";
import { recordedExpectations } from "./facts";

type Layers = Readonly<Record<string, LayerJson>>;

/** What is synthesised here: both releases as configs/example.yaml is, and one with every service. */
export const synthesisedExamples = examples.filter(
  ({ everything, release }) => !everything || release === "2026.0",
);

interface Synthesised {
  readonly loaded: LoadedEnvironment;
  readonly layers: Layers;
}
const known = new Map<Example, Synthesised>();

function synthesise(example: Example): Synthesised {
  const found = known.get(example);
  if (found !== undefined) return found;
  const loaded = loadExample(example);
  const synthesised = { loaded, layers: synthLayers(loaded) };
  known.set(example, synthesised);
  return synthesised;
}

/** Both sides of a comparison. */
interface Judged {
  readonly names: EnvironmentNames;
  readonly expectations: readonly Expectation[];
  readonly provided: readonly Provision[];
}

/** What an example expects, and what its layers, after a change, provide. */
export function judged(example: Example, change: (layers: Layers) => Layers = (layers) => layers): Judged {
  const { loaded, layers } = synthesise(example);
  const json = new SynthesisedJson(change(layers));
  const given = handedOver(json, loaded.environment);
  if (given === undefined) throw new Error("no root application");
  const recorded = recordedExpectations(example, given.names);
  const { needed } = withoutSwitchedOff(recorded.expectations, platformOf(loaded).services);
  return { names: given.names, expectations: needed, provided: provisionsOf(json, given.names) };
}

/** What an example expects, and its layers, after a change, do not provide. */
export function findingsFor(example: Example, change?: (layers: Layers) => Layers): readonly Finding[] {
  const { expectations, provided } = judged(example, change);
  return findingsOf({ expectations, made: [] }, provided);
}
