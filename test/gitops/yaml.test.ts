import { expect, test } from "vitest";
import { parse } from "yaml";
import { renderYaml } from "../../gitops/yaml";
import { nastyKeys, nastyTexts } from "./nasty-values";

/** What Helm reads: YAML 1.1, in which these keys and texts are something else unless they are quoted. */
const read = (text: string): unknown => parse(text, { version: "1.1" });

test.each(nastyKeys)("the key %j stays text in YAML 1.1", (key) => {
  const values = { values: Object.fromEntries([[key, 1]]) };
  expect(read(renderYaml(values))).toEqual(values);
});

test.each(nastyTexts)("the text %j is kept by YAML 1.1", (text) => {
  const values = { list: [text], map: { text } };
  expect(read(renderYaml(values))).toEqual(values);
});

test.each([...nastyKeys, ...nastyTexts])("%j is written with printable characters only", (text) => {
  const written = renderYaml({ [text]: [text] });
  // https://yaml.org/spec/1.1/#id868524
  expect(written).toMatch(/^[\n\u0020-\u007e\u00a0-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]*$/u);
  expect(written).not.toMatch(/[\u2028\u2029]/);
});

test("keys that are names are not quoted", () => {
  const values = { "helm.sh/resource-policy": { a_b: 1, _c: 2, "app.kubernetes.io/name": 3 } };
  expect(renderYaml(values)).not.toContain('"');
});
