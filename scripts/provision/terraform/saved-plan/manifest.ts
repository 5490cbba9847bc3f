import { z } from "zod";
import { jsonOrUndefined } from "../../run/json";

/** Of the file; another one when a release could misread what an earlier one wrote, or the other way round. */
const format = 1;

const digest = z.string().regex(/^[0-9a-f]{64}$/);

/** What a layer's plan was made from: with other facts, it is stale. */
const facts = z.strictObject({
  /** SHA-256 of the layer's synthesised JSON. */
  configuration: digest,
  /** Of the layer's state; null when there was none. */
  state: z.strictObject({ lineage: z.string(), serial: z.number() }).nullable(),
  /** SHA-256 of the outputs that it reads of other layers. */
  reads: digest,
});

const shape = z.strictObject({
  format: z.literal(format),
  environment: z.string(),
  account: z.string(),
  region: z.string(),
  simulated: z.boolean(),
  /** When it was planned. */
  created: z.iso.datetime(),
  /** Of the product, with its commit where that is known. */
  product: z.strictObject({ version: z.string(), commit: z.string().nullable() }),
  /** Terraform reads its own plans only in the version, and with the providers of the platform, that wrote them. */
  terraform: z.string(),
  platform: z.string(),
  /** In the order of apply. */
  layers: z.array(
    z.strictObject({
      name: z.string(),
      /** SHA-256 of what the plan would do, which people compare. */
      digest,
      /** SHA-256 of Terraform's plan file. */
      file: digest,
      /** Terraform's lock file: versions and checksums of the providers; null where there is none. */
      providers: z.string().nullable(),
      facts,
    }),
  ),
  /** Layers with changes that are not in it, and why, as in `it reads ...`. */
  left: z.array(z.strictObject({ layer: z.string(), because: z.string() })),
});

/** What a saved plan says of itself. */
export type Manifest = z.output<typeof shape>;
export type SavedLayer = Manifest["layers"][number];

/** Reads a manifest; returns a clause that says what is wrong with one that cannot be read. */
export function readManifest(text: string): Manifest | string {
  const json = jsonOrUndefined(text);
  const found = z.looseObject({ format: z.number() }).safeParse(json);
  if (found.data !== undefined && found.data.format !== format)
    return `its format is ${found.data.format}, and this release reads format ${format}`;
  const read = shape.safeParse(json);
  return read.success ? read.data : "its manifest cannot be read";
}

/** The text of a manifest. */
export function manifestText(manifest: Omit<Manifest, "format">): string {
  return `${JSON.stringify({ format, ...manifest }, undefined, 2)}\n`;
}
