import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { renderYaml, type YamlObject } from "../../../gitops/yaml";
import { nastyKeys, nastyTexts } from "../../gitops/nasty-values";
import { helm } from "./checkouts";

const chart = mkdtempSync(join(tmpdir(), "helm-values-"));
afterAll(() => {
  rmSync(chart, { recursive: true });
});

const noHelm =
  spawnSync(helm, ["version"]).status === 0 ? undefined : "HELM names no Helm, and there is none on the PATH";

/** What Helm reads of values. */
function readByHelm(values: YamlObject): unknown {
  mkdirSync(join(chart, "templates"), { recursive: true });
  writeFileSync(join(chart, "Chart.yaml"), "apiVersion: v2\nname: reader\nversion: 1.0.0\n");
  writeFileSync(join(chart, "templates/read.yaml"), "read: {{ .Values.given | toJson | b64enc }}\n");
  writeFileSync(join(chart, "given.yaml"), renderYaml({ given: values }));
  const args = ["template", "reader", chart, "--values", join(chart, "given.yaml")];
  const output = execFileSync(helm, args, { encoding: "utf8" });
  const encoded = /^read: (.*)$/m.exec(output)?.[1] ?? "";
  return JSON.parse(Buffer.from(encoded, "base64").toString("utf8"));
}

test.skipIf(noHelm)("Helm reads every key and every text as it was written", () => {
  const values = { keys: Object.fromEntries(nastyKeys.map((key) => [key, key])), texts: nastyTexts };
  expect(readByHelm(values)).toEqual(values);
});
