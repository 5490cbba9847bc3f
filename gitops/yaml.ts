import { Document, Scalar, visit } from "yaml";

/** A YAML value. */
export type YamlValue = string | number | boolean | null | readonly YamlValue[] | YamlObject;
export interface YamlObject {
  readonly [key: string]: YamlValue;
}

/**
 * Renders values of a Helm chart. Every string is quoted and no line is folded, so that a placeholder that Terraform replaces
 * later is not split and cannot change the structure of the document.
 */
export function renderYaml(values: YamlObject): string {
  const document = new Document(values);
  visit(document, {
    Scalar(_key, scalar) {
      if (typeof scalar.value === "string" && scalar.value.includes("\n")) scalar.type = Scalar.BLOCK_LITERAL;
    },
  });
  return document.toString({
    defaultStringType: "QUOTE_DOUBLE",
    defaultKeyType: "PLAIN",
    lineWidth: 0,
  });
}
