import type { LayerJson } from "./environment";

/**
 * Whether Terraform handles secret values for a layer: ephemeral ones, those of write-only arguments, whose names end so by
 * convention, and those of sensitive variables.
 * https://developer.hashicorp.com/terraform/plugin/framework/resources/write-only-arguments
 */
export function holdsSecrets({ ephemeral = {}, resource = {}, variable = {} }: LayerJson): boolean {
  const variables = Object.values(variable);
  return (
    Object.keys(ephemeral).length > 0 ||
    variables.some((given) => given["sensitive"] === true || given["ephemeral"] === true) ||
    Object.values(resource).some((named) =>
      Object.values(named).some((given) => Object.keys(given).some((name) => name.endsWith("_wo"))),
    )
  );
}
