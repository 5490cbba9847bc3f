import type { LayerJson } from "../../../synthesis/environment";

/** Arguments that do not tell one resource from another for AWS. */
const descriptive = ["description", "tags", "lifecycle", "depends_on"];

/** Of these there can be any number: AWS names them itself, or they are in no cloud. */
const unnamed = ["aws_eip", "aws_route_table", "terraform_data"];

/** Resources of a layer that ask AWS for the same thing twice, which it refuses, e.g. InvalidPermission.Duplicate. */
export function equalResources({ resource = {} }: LayerJson): readonly string[] {
  const types = Object.entries(resource).filter(([type]) => !unnamed.includes(type));
  return types.flatMap(([type, named]) => {
    const first = new Map<string, string>();
    return Object.entries(named).flatMap(([name, given]) => {
      const asked = Object.entries(given).filter(
        ([argument]) => !descriptive.includes(argument) && argument !== "//",
      );
      const text = JSON.stringify(asked.sort());
      const equal = first.get(text);
      if (equal === undefined) first.set(text, name);
      return equal === undefined ? [] : [`${type}.${name} is ${type}.${equal} again`];
    });
  });
}
