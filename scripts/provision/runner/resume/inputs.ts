import { isAbsolute, join } from "node:path";
import type { AnyLayer } from "../../../../lib/layer/layer";
import { layerFolder } from "../../../../synthesis/folder";
import { readText } from "../../../../synthesis/read";
import { readStateObject } from "../../aws/state-object";
import type { Run } from "../../run/run";
import { secretVariables } from "../../terraform/for-layer";
import { valueDigest } from "../../terraform/plan-digest";
import { readsOf } from "../../terraform/saved-plan/facts";
import { readEveryOutput } from "../../terraform/stored-state";

/**
 * SHA-256 of what a layer is made from: its JSON, which has the versions of providers, its settings, secrets and hooks, the
 * outputs that it reads, the product and Terraform; undefined if an output cannot be read.
 */
export async function inputsOf(run: Run, layer: AnyLayer): Promise<string | undefined> {
  const { world, loaded, folders, version } = run;
  const reads = await valuesOf(run, layer);
  if (reads === undefined) return undefined;
  return valueDigest({
    configuration: readText(world.files, layerFolder(folders.synthesised, layer.name)),
    settings: loaded.settings[layer.name] ?? null,
    secrets: secretVariables(run, layer),
    hooks: loaded.hooks
      .filter((hook) => hook.layer === layer.name && hook.during.includes("apply"))
      .map((hook) => ({ hook, files: filesIn(run, hook.command) })),
    reads,
    product: world.product.about(),
    terraform: version ?? null,
  });
}

/** What the files hold that a hook's command names, such as a script beside the environment file. */
function filesIn({ world: { files }, configFolder }: Run, command: readonly string[]): readonly string[] {
  const paths = command.map((word) => (isAbsolute(word) ? word : join(configFolder, word)));
  return paths.flatMap((path) => (files.kind(path) === "file" ? (files.digest(path) ?? []) : []));
}

/** The outputs of other layers that a layer reads, by layer and name. */
async function valuesOf(run: Run, layer: AnyLayer): Promise<Readonly<Record<string, unknown>> | undefined> {
  const reads = readsOf(run, layer);
  const values: Record<string, unknown> = {};
  for (const name of new Set(reads.map((read) => read.layer))) {
    const outputs = run.known.get(name) ?? (await storedOutputs(run, name));
    if (outputs === undefined) return undefined;
    for (const { output } of reads.filter((read) => read.layer === name))
      values[`${name}.${output}`] = outputs[output] ?? null;
  }
  return values;
}

async function storedOutputs(
  run: Run,
  layer: string,
): Promise<Readonly<Record<string, unknown>> | undefined> {
  const object = await readStateObject(run, { layer, kind: "state", patience: "question" });
  return "text" in object ? readEveryOutput(object.text) : undefined;
}
