import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import type { KubernetesObject } from "../api";
import { redisSecret, releasedObjects } from "./install";

/** ConfigMaps that the chart makes of values, whose defaults are those of the release. */
const maps: Readonly<Record<string, string>> = { "argocd-cm": "cm", "argocd-cmd-params-cm": "params" };

/**
 * Writes a chart argo-cd of the objects of Argo CD's own release, and gives its folder. As of the chart of Argo CD's project,
 * its definitions of kinds stay when it is removed: https://github.com/argoproj/argo-helm/blob/argo-cd-8.2.7/charts/argo-cd/values.yaml
 */
export function writeArgocdChart(folder: string, version: string): string {
  const chart = join(folder, "argo-cd");
  mkdirSync(join(chart, "templates"), { recursive: true });
  // The layer creates the Secret.
  const objects = releasedObjects().filter(({ metadata }) => metadata.name !== "argocd-secret");
  const defaults = objects.flatMap((object) => {
    const values = valuesOf(object);
    return values === undefined ? [] : [[values, object["data"] ?? {}] as const];
  });
  const write = (name: string, content: unknown) => {
    writeFileSync(join(chart, name), stringify(content));
  };
  write("Chart.yaml", { apiVersion: "v2", name: "argo-cd", version });
  write("values.yaml", { configs: Object.fromEntries(defaults) });
  writeFileSync(
    join(chart, "templates/objects.yaml"),
    [...objects, redisSecret].map(templateOf).join("---\n"),
  );
  return chart;
}

function valuesOf({ kind, metadata }: KubernetesObject): string | undefined {
  return kind === "ConfigMap" ? maps[metadata.name] : undefined;
}

function templateOf(object: KubernetesObject): string {
  const { kind, metadata } = object;
  const annotations = { ...metadata.annotations, "helm.sh/resource-policy": "keep" };
  const kept = kind === "CustomResourceDefinition" ? { metadata: { ...metadata, annotations } } : {};
  const values = valuesOf(object);
  const fields = values === undefined ? object : { ...object, data: undefined };
  // Helm reads "no" as a boolean.
  const text = stringify({ ...fields, ...kept }, { version: "1.1" }).replaceAll("{{", '{{ "{{" }}');
  return values === undefined
    ? text
    : `${text}data:\n  {{- toYaml .Values.configs.${values} | nindent 2 }}\n`;
}
