import { z } from "zod";
import { TerraformFailure } from "../terraform/failures";
import type { Terraform } from "../terraform/terraform";
import type { Files } from "../world/index";

const text = z.record(z.string(), z.unknown());
const configuration = z.object({
  resource: z
    .object({
      aws_s3_bucket: z.record(z.string(), z.looseObject({ bucket: z.string() })).default({}),
      aws_kms_alias: z
        .record(z.string(), z.looseObject({ name: z.string(), target_key_id: z.string() }))
        .default({}),
    })
    .prefault({}),
});
const state = z.object({
  resources: z.array(
    z.object({ type: z.string(), name: z.string(), instances: z.array(z.object({ attributes: text })) }),
  ),
});

/** Takes what an earlier bootstrap made, and no state knows of, into the local state. */
export async function adoptUnknown(terraform: Terraform, files: Files): Promise<void> {
  const json = files.read(`${terraform.folder}/cdk.tf.json`) ?? "{}";
  const { aws_s3_bucket: buckets, aws_kms_alias: aliases } = configuration.parse(JSON.parse(json)).resource;
  const known = await addresses(terraform);
  const adopt = async (address: string, id: string) =>
    known.has(address) || (await importIfThere(terraform, address, id));
  for (const [name, { bucket }] of Object.entries(buckets)) await adopt(`aws_s3_bucket.${name}`, bucket);
  for (const [name, alias] of Object.entries(aliases)) {
    if (!(await adopt(`aws_kms_alias.${name}`, alias.name))) continue;
    // Only the alias knows the ID of its key.
    const key = /^\$\{(aws_kms_key\.[\w-]+)\./.exec(alias.target_key_id)?.[1];
    const keyId = await attribute(terraform, name, "target_key_id");
    if (key !== undefined && keyId !== undefined) await adopt(key, keyId);
  }
}

async function addresses(terraform: Terraform): Promise<ReadonlySet<string>> {
  const { stdout } = await terraform.run(["state", "pull"], { quiet: true });
  if (stdout.trim() === "") return new Set();
  return new Set(state.parse(JSON.parse(stdout)).resources.map(({ type, name }) => `${type}.${name}`));
}

async function attribute(terraform: Terraform, alias: string, name: string): Promise<string | undefined> {
  const { stdout } = await terraform.run(["state", "pull"], { quiet: true });
  const { resources } = state.parse(JSON.parse(stdout));
  const found = resources.find((resource) => resource.type === "aws_kms_alias" && resource.name === alias);
  const value = found?.instances[0]?.attributes[name];
  return typeof value === "string" ? value : undefined;
}

/** False when there is no such object: then it is still to be made. */
async function importIfThere(terraform: Terraform, address: string, id: string): Promise<boolean> {
  try {
    await terraform.run(["import", "-input=false", "-no-color", address, id]);
    return true;
  } catch (error) {
    if (error instanceof TerraformFailure && /non-existent remote object/.test(error.words)) return false;
    throw error;
  }
}
