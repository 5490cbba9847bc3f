import type { KubernetesApi, KubernetesObject, ObjectName } from "../../world/index";
import { ifMissing } from "../steady";
import type { DeclaredObject, DeclaredRelease } from "./declared";
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

/** Deletes a Secret, which Terraform then creates; of one that is not by Terraform, the values are lost. */
export function replacedSecret(
  { object, found }: DeclaredObject & { readonly found: KubernetesObject },
  releases: readonly DeclaredRelease[],
): Finding {
  const title = titleOf(object);
  const release = releaseOf(found, releases);
  const cured = {
    effect: "destroyed",
    cure: (api) => ifMissing(api.delete(object), undefined),
  } as const satisfies Omit<Finding, "text">;
  if (release !== undefined)
    return {
      ...cured,
      text: `${title} was installed by an earlier version of the release ${release.name}: its values, also passwords, become those in Secrets Manager, which provision password shows`,
    };
  const text = `${title} exists, but is not in the state`;
  if (isByTerraform(found)) return { ...cured, text };
  return { ...cured, text, doubt: "it was not created by Terraform, and its values are replaced" };
}

/** The release of the layer that an object belongs to: https://github.com/helm/helm/blob/v3.18.5/pkg/action/validate.go */
function releaseOf(
  found: KubernetesObject,
  releases: readonly DeclaredRelease[],
): DeclaredRelease | undefined {
  const owner = (key: string) => objectAt(found, "metadata", "annotations", `meta.helm.sh/release-${key}`);
  return releases.find(({ name, namespace }) => name === owner("name") && namespace === owner("namespace"));
}

/** The provider calls itself so: https://github.com/hashicorp/terraform-provider-kubernetes/blob/v2.38.0/kubernetes/provider.go */
function isByTerraform(found: KubernetesObject): boolean {
  const managers = objectAt(found, "metadata", "managedFields");
  return Array.isArray(managers) && managers.some((one) => objectAt(one, "manager") === "HashiCorp");
}
