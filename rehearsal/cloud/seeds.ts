import { providerDefinition } from "../behaviours/providers";
import type { Attributes, Context } from "../engine/behaviour";
import type { Settings } from "../engine/settings";
import { digest } from "./digest";
import { openCloud } from "./file-cloud";

/** Something that existed before the rehearsal, such as a parent hosted zone. */
export interface Seed {
  readonly type: string;
  readonly attributes: Readonly<Attributes>;
}

/** Puts seeds into the simulated cloud, once: their ids depend on nothing but their attributes. */
export function plantSeeds(directory: string, seeds: readonly Seed[], settings: Settings): void {
  for (const seed of seeds) plant(directory, seed, settings);
}

function plant(directory: string, { type, attributes }: Seed, settings: Settings): void {
  const [provider = ""] = type.split("_");
  const behaviour = providerDefinition(provider).behaviour(type) ?? {};
  const cloud = openCloud(directory, provider);
  const context = (id: string): Context => ({
    ...settings,
    cloud,
    type,
    id,
    defaultTags: {},
    hash: (salt = "", length = 17) =>
      digest(["seed", type, JSON.stringify(attributes), salt].join("/"), length),
  });
  const id = idOf({ type, attributes }, context(""));
  const computed = behaviour.computed?.({ ...attributes }, context(id)) ?? {};
  const object = {
    type,
    id,
    attributes: { id, ...computed, ...attributes },
    createdAt: new Date().toISOString(),
  };
  if (!cloud.claim({ ...object, seed: true })) return;
  for (const side of behaviour.also?.(object.attributes, context(id)) ?? []) {
    cloud.put({ ...side, createdAt: object.createdAt, owner: `${type} ${id}`, seed: true });
  }
}

function idOf({ type, attributes }: Seed, undecided: Context): string {
  if (typeof attributes.id === "string") return attributes.id;
  const [provider = ""] = type.split("_");
  const id = providerDefinition(provider).behaviour(type)?.id;
  return typeof id === "function" ? id({ ...attributes }, undecided) : `${id ?? ""}${undecided.hash("id")}`;
}
