import { z } from "zod";
import { type LayerJson, SynthesisedJson } from "./environment";
import { layerFolder } from "./folder";

/** Files as a run's world has them: undefined when there is no such file. */
interface TextFiles {
  read(path: string): string | undefined;
}

const block = z.record(z.string(), z.unknown());
const blocks = z.record(z.string(), z.record(z.string(), block));
const layerJson = z.object({
  resource: blocks.exactOptional(),
  data: blocks.exactOptional(),
  ephemeral: blocks.exactOptional(),
  output: z.record(z.string(), z.object({ value: z.unknown() })).exactOptional(),
  provider: z.record(z.string(), z.array(block)).exactOptional(),
  variable: z.record(z.string(), block).exactOptional(),
  terraform: block.exactOptional(),
});

/** The text of a layer's `cdk.tf.json`, which every synthesis writes. */
export function readText(files: TextFiles, folder: string): string {
  const path = `${folder}/cdk.tf.json`;
  const text = files.read(path);
  if (text === undefined) throw new Error(`Cannot read "${path}": there is no such file`);
  return text;
}

/** What a layer's folder was synthesised to. */
export function readLayer(files: TextFiles, folder: string): LayerJson {
  const json: unknown = JSON.parse(readText(files, folder));
  layerJson.parse(json);
  // The shape was checked on the line above; its copy would have the keys in another order.
  return json as LayerJson;
}

/** What a folder of a synthesis has of these layers, in their order. */
export function readEnvironment(
  files: TextFiles,
  outdir: string,
  layers: readonly { readonly name: string }[],
): SynthesisedJson {
  const json = layers.map(({ name }) => [name, readLayer(files, layerFolder(outdir, name))] as const);
  return new SynthesisedJson(Object.fromEntries(json));
}
