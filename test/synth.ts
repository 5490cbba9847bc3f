import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { App, TerraformDataSource, TerraformResource } from "cdktf";
import { parse, stringify } from "yaml";
import { loadEnvironment, type LoadedEnvironment } from "../lib/environment/environment";
import type { AnyLayer } from "../lib/layer/layer";
import { addStack } from "../lib/layer/add-stack";
import { synthesise } from "../main";
import { layers } from "../modules";
import type { LayerJson, SynthesisedJson } from "../synthesis/environment";
import { layerFolder } from "../synthesis/folder";
import { readEnvironment, readLayer, readText } from "../synthesis/read";
import type { Arguments } from "../synthesis/resource";
import { environmentFiles, type EnvironmentName } from "./environments/files";

/** One block of Terraform JSON, e.g. the arguments of a resource. */
export type Block = Arguments;

/** A layer as Terraform would read it. */
export interface SynthesisedLayer {
  readonly json: LayerJson;
  /** Number of resources and data sources in the construct tree, to compare with the JSON; without states of layers. */
  readonly elements: number;
  /** The resources of one type, by their Terraform name; empty when there are none. */
  all(type: string): Readonly<Record<string, Block>>;
  /** One resource; an error names those that exist. */
  resource(type: string, id: string): Block;
}

/** An environment file as parsed YAML, for a test to change. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests reach freely into a document they know
export type RawEnvironment = any;

export interface SynthesisOptions {
  readonly edit?: (raw: RawEnvironment) => void;
  readonly deletionProtection?: boolean;
  /** Default: example. */
  readonly config?: EnvironmentName;
  /** What the files that the environment names hold. */
  readonly files?: Readonly<Record<string, string>>;
}

const root = resolve(__dirname, "..");

/** Loads an environment file, after `edit` changed it. */
export function loadConfig(
  options: SynthesisOptions = {},
  all: readonly AnyLayer[] = layers,
): LoadedEnvironment {
  const file = join(root, environmentFiles[options.config ?? "example"]);
  const raw: RawEnvironment = structuredClone(parsedFile(file));
  options.edit?.(raw);
  const load = () => {
    const read = (path: string) => options.files?.[path];
    return loadEnvironment(all, { file, text: stringify(raw), read, now: new Date("2026-01-01T00:00:00Z") });
  };
  if (all !== layers) return load();
  const key = JSON.stringify([file, raw, options.files], distinctInJson);
  const known = loaded.get(key) ?? deepFrozen(load());
  loaded.set(key, known);
  return known;
}

const parsedFiles = new Map<string, RawEnvironment>();
/** Environments of the built-in layers; many tests look at the same one. */
const loaded = new Map<string, LoadedEnvironment>();

function parsedFile(file: string): RawEnvironment {
  const parsed = parsedFiles.get(file) ?? parse(readFileSync(file, "utf8"));
  parsedFiles.set(file, parsed);
  return parsed;
}

/** Keeps apart what JSON writes alike and YAML does not. */
function distinctInJson(_key: string, value: unknown): unknown {
  if (value === undefined) return "(undefined)";
  return typeof value === "number" && !Number.isFinite(value) ? `(${value})` : value;
}

/** What tests share, none of them can change. */
function deepFrozen<Value>(value: Value): Value {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value))
    Object.values(Object.freeze(value)).forEach(deepFrozen);
  return value;
}

/** What was synthesised of an environment; many tests look at the same one. */
const synthesisedLayers = new WeakMap<LoadedEnvironment, Map<AnyLayer, SynthesisedLayer>>();

/** Synthesises one layer of an example environment, in memory as far as the test can see. */
export function synthLayer(layer: AnyLayer, options: SynthesisOptions = {}): SynthesisedLayer {
  const loaded = loadConfig(options, withLayer(layer));
  if (options.deletionProtection === false) return synthesiseLayer(layer, loaded, false);
  const known = synthesisedLayers.get(loaded) ?? new Map<AnyLayer, SynthesisedLayer>();
  synthesisedLayers.set(loaded, known);
  const synthesised = known.get(layer) ?? deepFrozen(synthesiseLayer(layer, loaded, true));
  known.set(layer, synthesised);
  return synthesised;
}

function synthesiseLayer(
  layer: AnyLayer,
  { environment, settings }: LoadedEnvironment,
  deletionProtection: boolean,
): SynthesisedLayer {
  const outdir = mkdtempSync(join(tmpdir(), "synth-"));
  try {
    const app = new App({ outdir });
    const stack = addStack(app, layer, { environment, settings, deletionProtection });
    app.synth();
    const json = readLayer(files, layerFolder(outdir, layer.name));
    return view(layer.name, json, countElements(stack));
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

/** The built-in layers, and this one if it is none of them. */
export function withLayer(layer: AnyLayer): readonly AnyLayer[] {
  return layers.some(({ name }) => name === layer.name) ? layers : [...layers, layer];
}

/** Synthesises every layer; gives the text of each `cdk.tf.json` by layer. */
export function synthAll(loaded: LoadedEnvironment): Readonly<Record<string, string>> {
  const known = synthesisedTexts.get(loaded) ?? synthesiseAll(loaded);
  synthesisedTexts.set(loaded, known);
  return known;
}

const synthesisedTexts = new WeakMap<LoadedEnvironment, Readonly<Record<string, string>>>();

function synthesiseAll(loaded: LoadedEnvironment): Readonly<Record<string, string>> {
  const outdir = mkdtempSync(join(tmpdir(), "synth-"));
  try {
    synthesise(layers, loaded, { outdir, deletionProtection: true });
    return Object.fromEntries(layers.map(({ name }) => [name, synthesisedText(outdir, name)]));
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

/** Synthesises every layer; gives the JSON of each. */
export function synthLayers(loaded: LoadedEnvironment): Readonly<Record<string, LayerJson>> {
  const inMemory = synthesisedFiles(loaded);
  return Object.fromEntries(layers.map(({ name }) => [name, readLayer(inMemory, layerFolder("", name))]));
}

/** Synthesises every layer; gives all of them together. */
export function synthEnvironment(loaded: LoadedEnvironment): SynthesisedJson {
  return readEnvironment(synthesisedFiles(loaded), "", layers);
}

function synthesisedFiles(loaded: LoadedEnvironment): { read(path: string): string | undefined } {
  const texts = Object.entries(synthAll(loaded));
  const byPath = new Map(texts.map(([name, text]) => [`${layerFolder("", name)}/cdk.tf.json`, text]));
  return { read: (path) => byPath.get(path) };
}

/** The text of a layer's `cdk.tf.json` in a folder that was synthesised. */
export function synthesisedText(outdir: string, layer: string): string {
  return readText(files, layerFolder(outdir, layer));
}

const files = { read: (path: string) => readFileSync(path, "utf8") };

function countElements(stack: ReturnType<typeof addStack>): number {
  const kinds = [TerraformResource, TerraformDataSource];
  const elements = stack.node
    .findAll()
    .filter((construct) => kinds.some((kind) => construct instanceof kind));
  return elements.length;
}

function view(layer: string, json: SynthesisedLayer["json"], elements: number): SynthesisedLayer {
  const all = (type: string) => json.resource?.[type] ?? {};
  const resource = (type: string, id: string) => {
    const found = all(type)[id];
    if (found === undefined)
      throw new Error(`${layer} has no ${type}.${id}, only: ${Object.keys(all(type)).join(", ")}`);
    return found;
  };
  return { json, elements, all, resource };
}
