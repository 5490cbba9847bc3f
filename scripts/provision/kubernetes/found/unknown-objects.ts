import type { KubernetesApi, KubernetesObject, ObjectName } from "../../world/index";
import { ifMissing } from "../steady";
import type { DeclaredObject } from "./declared";
import { type Finding, objectAt, titleOf } from "./finding";

/** What exists of declared objects that are not in the state. */
export async function unknownObjects(
  api: KubernetesApi,
  objects: readonly DeclaredObject[],
  known: ReadonlySet<string>,
): Promise<readonly (DeclaredObject & { readonly found: KubernetesObject })[]> {
  const unknown = objects.filter(({ address }) => !known.has(address));
  const found = await Promise.all(
    unknown.map(async (one) => ({ ...one, found: await ifMissing(api.read(one.object), undefined) })),
  );
  return found.flatMap((one) => (one.found === undefined ? [] : [{ ...one, found: one.found }]));
}

/** Whether an object is imported: a Secret is not, because its values would be in the state. */
export function isImported({ kind }: ObjectName): boolean {
  return kind !== "Secret";
}

/** Deletes a Secret, which Terraform then creates with the same values. */
export function replacedSecret({
  object,
  found,
}: DeclaredObject & { readonly found: KubernetesObject }): Finding {
  return {
    text: `${titleOf(object)} exists, but is not in the state`,
    effect: "destroyed",
    ...(isByTerraform(found)
      ? {}
      : { doubt: "it was not created by Terraform, and its values are replaced" }),
    cure: (api) => ifMissing(api.delete(object), undefined),
  };
}

/** The provider calls itself so: https://github.com/hashicorp/terraform-provider-kubernetes/blob/v2.38.0/kubernetes/provider.go */
function isByTerraform(found: KubernetesObject): boolean {
  const managers = objectAt(found, "metadata", "managedFields");
  return Array.isArray(managers) && managers.some((one) => objectAt(one, "manager") === "HashiCorp");
}
