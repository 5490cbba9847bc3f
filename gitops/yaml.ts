import { Document, isScalar, Scalar, visit } from "yaml";

/** A YAML value. */
export type YamlValue = string | number | boolean | null | readonly YamlValue[] | YamlObject;
export interface YamlObject {
  readonly [key: string]: YamlValue;
}

/** Keys that every version of YAML reads as text, except for the words below. */
const plainKey = /^[A-Za-z_][\w./-]*$/;

/** What Helm, which reads YAML 1.1, takes for a truth value or nothing: https://yaml.org/type/bool.html */
const words = /^(?:y|n|yes|no|on|off|true|false|null)$/i;

/** What YAML accepts in no text or takes for the end of a line: https://yaml.org/spec/1.1/#id868524 */
const unprintable = /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g;

/** Text of which a block keeps every character: its first line decides on the indentation, and tabs do not indent. */
const isBlock = (text: string) => /^[^\s]/.test(text) && !/\n\t/.test(text) && text.search(unprintable) < 0;

/**
 * Renders values of a Helm chart. Every string is quoted and no line is folded, so that a placeholder that Terraform replaces
 * later is not split and cannot change the structure of the document.
 */
export function renderYaml(values: YamlObject): string {
  const document = new Document(values);
  visit(document, {
    Pair(_key, { key }) {
      if (isScalar(key) && (!plainKey.test(String(key.value)) || words.test(String(key.value))))
        key.type = Scalar.QUOTE_DOUBLE;
    },
    Scalar(place, scalar) {
      if (place === "key" || typeof scalar.value !== "string" || !scalar.value.includes("\n")) return;
      scalar.type = isBlock(scalar.value) ? Scalar.BLOCK_LITERAL : Scalar.QUOTE_DOUBLE;
    },
  });
  const text = document.toString({
    defaultStringType: "QUOTE_DOUBLE",
    defaultKeyType: "PLAIN",
    doubleQuotedMinMultiLineLength: Infinity,
    lineWidth: 0,
  });
  // All that has one of them is in double quotes by now.
  return text.replace(
    unprintable,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
