import { z } from "zod";
import { SynthesisedJson } from "../../../synthesis/environment";
import { readLayer } from "../../../synthesis/read";
import type { Resource } from "../../../synthesis/resource";
import { TerraformFailure } from "../terraform/failures";
import type { Terraform } from "../terraform/terraform";
import type { Files } from "../world/index";

const text = z.record(z.string(), z.unknown());
const state = z.object({
  resources: z.array(
    z.object({ type: z.string(), name: z.string(), instances: z.array(z.object({ attributes: text })) }),
  ),
});

/** Imports resources that an earlier bootstrap created, and that no state contains, into the local state. */
export async function adoptUnknown(terraform: Terraform, files: Files): Promise<void> {
  const synthesised = new SynthesisedJson({ bootstrap: readLayer(files, terraform.folder) });
  const known = await addresses(terraform);
  const adopt = async ({ address }: Resource, id: string) =>
    known.has(address) || (await importIfExists(terraform, address, id));
  for (const bucket of synthesised.of("aws_s3_bucket")) await adopt(bucket, nameIn(bucket, "bucket"));
  for (const alias of synthesised.of("aws_kms_alias")) {
    if (!(await adopt(alias, nameIn(alias, "name")))) continue;
    // The ID of the key is found through its alias.
    const [key] = synthesised.targets(alias, "target_key_id");
    const keyId = await attribute(terraform, alias.name, "target_key_id");
    if (key !== undefined && keyId !== undefined) await adopt(key, keyId);
  }
}

/** A name set by the layer, which Terraform uses as import ID. */
function nameIn(resource: Resource, argument: string): string {
  return z.string().parse(resource.given[argument]);
}

async function addresses(terraform: Terraform): Promise<ReadonlySet<string>> {
  const pulled = await terraform.document(["state", "pull"]);
  if (pulled === "") return new Set();
  return new Set(state.parse(JSON.parse(pulled)).resources.map(({ type, name }) => `${type}.${name}`));
}

async function attribute(terraform: Terraform, alias: string, name: string): Promise<string | undefined> {
  const { resources } = state.parse(JSON.parse(await terraform.document(["state", "pull"])));
  const found = resources.find((resource) => resource.type === "aws_kms_alias" && resource.name === alias);
  const value = found?.instances[0]?.attributes[name];
  return typeof value === "string" ? value : undefined;
}

/** Imports an object; returns false if it does not exist. */
async function importIfExists(terraform: Terraform, address: string, id: string): Promise<boolean> {
  try {
    await terraform.run(["import", "-input=false", "-no-color", address, id]);
    return true;
  } catch (error) {
    if (error instanceof TerraformFailure && /non-existent remote object/.test(error.output)) return false;
    throw error;
  }
}
