import { beforeAll, describe, expect, test } from "vitest";
import { type Finding, findingsOf } from "../../gitops/expectations/compare";
import { handedOver } from "../../gitops/expectations/provided/handed-over";
import { provisionsOf } from "../../gitops/expectations/provided/index";
import { type ReleaseName, releaseNames } from "../../gitops/releases";
import type { Environment } from "../../lib/layer/environment-schema";
import { type LayerJson, SynthesisedJson } from "../../synthesis/environment";
import { loadConfig, synthLayers } from "../synth";
import { recordedExpectations } from "./facts";

type Layers = Readonly<Record<string, LayerJson>>;

/** configs/example.yaml with each release. */
const examples = new Map<ReleaseName, { readonly layers: Layers; readonly environment: Environment }>();

beforeAll(() => {
  for (const release of releaseNames) {
    const loaded = loadConfig({
      edit: (raw) => {
        raw.layers.platform.release = release;
      },
    });
    examples.set(release, { layers: synthLayers(loaded), environment: loaded.environment });
  }
});

/** What a release expects and the layers, after a change, do not provide. */
function findings(release: ReleaseName, change: (layers: Layers) => Layers = (layers) => layers) {
  const example = examples.get(release);
  if (example === undefined) throw new Error(`no example with ${release}`);
  const synthesised = new SynthesisedJson(change(example.layers));
  const given = handedOver(synthesised, example.environment);
  if (given === undefined) throw new Error("no root application");
  return findingsOf(recordedExpectations(release, given.names), provisionsOf(synthesised, given.names));
}

function brief({ wave, kind, name, missingKeys = [] }: Finding): string {
  return [wave, kind, name, ...missingKeys].join(" ");
}

describe.each(releaseNames)("configs/example.yaml with release %s", (release) => {
  test("provides what its charts expect, but for what this file lists", async () => {
    const missing = findings(release).map(brief);
    await expect(`${missing.join("\n")}\n`).toMatchFileSnapshot(`facts/${release}.missing.txt`);
  });
});
