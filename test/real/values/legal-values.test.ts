import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { ConfigError } from "../../../lib/environment/config-error";
import { type LoadedEnvironment, loadEnvironment } from "../../../lib/environment/environment";
import { layers } from "../../../modules";
import { credentialFiles } from "../../everything-on";
import { synthLayers } from "../../synth";
import { missing } from "../tools";
import { RealInit } from "../real-init";
import { equalResources } from "./equal-resources";
import { environmentFile, neverGenerated } from "./generated";
import { JoinedLayers } from "./joined";
import { put } from "./put";
import { wrongValues } from "./wrong-values";

const because = missing("terraform", "mirror");
/** Against hanging only. */
const timeout = 1_800_000;
const now = new Date("2026-01-01T00:00:00Z");

/** `LEGAL_VALUES_SEED` repeats a run, `LEGAL_VALUES_FILES` makes it longer. */
const seed = Number(process.env["LEGAL_VALUES_SEED"] ?? Math.floor(Math.random() * 2 ** 31));
const numRuns = Number(process.env["LEGAL_VALUES_FILES"] ?? 200);
/** Environments whose layers are validated together. */
const together = 20;

const files = fc.sample(environmentFile, { seed, numRuns });
const refused: string[] = [];
const failed: string[] = [];
const twice: string[] = [];
const joined: JoinedLayers[] = [];
let scratch: string;

describe.skipIf(because !== undefined)(
  `${numRuns} environment files of legal values ${because ?? ""}`,
  () => {
    beforeAll(() => {
      console.log(`legal values: LEGAL_VALUES_SEED=${seed}`);
      scratch = mkdtempSync(join(tmpdir(), "legal-values-"));
      files.forEach(synthesise);
      console.log(`legal values: ${joined.reduce((sum, { count }) => sum + count, 0)} different layers`);
    }, timeout);
    afterAll(() => {
      rmSync(scratch, { recursive: true });
    });

    test("are accepted", () => {
      expect(refused).toEqual([]);
    });

    test("are synthesised", () => {
      expect(failed).toEqual([]);
    });

    test("ask AWS for nothing twice", () => {
      expect(twice).toEqual([]);
    });

    test(
      "are accepted by the real AWS provider, without a warning",
      async () => {
        const init = new RealInit();
        const objections = [];
        for (const some of joined) objections.push(...(await some.validate(init)));
        expect(objections.map((objection) => ({ ...objection, file: files[objection.environment] }))).toEqual(
          [],
        );
      },
      timeout,
    );
  },
);

test("a wrong value is refused at its place, whatever else a file holds", () => {
  const accepted = files.flatMap((text, index) => {
    const wrong = wrongValues[index % wrongValues.length];
    if (wrong === undefined) return [];
    // Generated files are maps.
    const raw = parse(text) as Record<string, unknown>;
    const given = { ...wrong.beside, [wrong.setting]: wrong.value };
    for (const [setting, value] of Object.entries(given)) put(raw, setting, value);
    const found = problemsOf(stringify(raw));
    const isRefused = found.some(
      ({ path, message, hint }) =>
        path.join(".").startsWith(wrong.setting) && wrong.message.test(`${message} ${hint}`),
    );
    return isRefused ? [] : [{ ...wrong, found, text }];
  });
  expect(accepted).toEqual([]);
});

test("every setting is generated", () => {
  // It has no settings.
  expect(neverGenerated).toEqual(["layers.pod-roles"]);
});

function synthesise(text: string, index: number): void {
  const batch = Math.floor(index / together);
  const those = (joined[batch] ??= new JoinedLayers(mkdtempSync(join(scratch, "joined-"))));
  for (const [layer, json] of Object.entries(layersOf(text))) {
    twice.push(...equalResources(json).map((equal) => `${layer} of ${index}: ${equal}\n${text}`));
    // Its providers are kubernetes and helm, which no mirror of these tests has.
    if (layer !== "argocd") those.add(index, layer, json);
  }
}

function load(text: string): LoadedEnvironment {
  const read = (path: string) => credentialFiles[path];
  return loadEnvironment(layers, { file: "generated.yaml", text, read, now });
}

function problemsOf(text: string): ConfigError["problems"] {
  try {
    load(text);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

function layersOf(text: string): ReturnType<typeof synthLayers> {
  try {
    return synthLayers(load(text));
  } catch (error) {
    const those = error instanceof ConfigError ? refused : failed;
    those.push(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n${text}`);
    return {};
  }
}
