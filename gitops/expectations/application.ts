import { parse, parseAllDocuments } from "yaml";
import { z } from "zod";
import type { YamlObject, YamlValue } from "../yaml";

/** One application of the platform, as the chart of the applications renders it. */
export interface RenderedApplication {
  readonly name: string;
  readonly wave: number;
  /** Of its objects. */
  readonly namespace: string;
  /** Argo CD creates that namespace if it does not exist. */
  readonly createsNamespace: boolean;
  /** Values of its chart. */
  readonly values: YamlObject;
}

const waveAnnotation = "argocd.argoproj.io/sync-wave";

const yamlObject = z.custom<YamlObject>(isObject);
const helm = z.object({ valuesObject: yamlObject.optional(), values: z.string().optional() }).optional();
const source = z.object({ helm });

const Application = z.object({
  kind: z.literal("Application"),
  metadata: z.object({ name: z.string(), annotations: z.record(z.string(), z.string()).default({}) }),
  spec: z.object({
    source: source.optional(),
    sources: z.array(source).default([]),
    destination: z.object({ namespace: z.string() }),
    syncPolicy: z.object({ syncOptions: z.array(z.string()).default([]) }).prefault({}),
  }),
});

/** The Applications in what Helm prints, in the order of their waves. */
export function renderedApplications(manifests: string): readonly RenderedApplication[] {
  const applications = parseAllDocuments(manifests).flatMap((document) => {
    const parsed = Application.safeParse(document.toJS());
    return parsed.success ? [rendered(parsed.data)] : [];
  });
  return applications.toSorted((a, b) => a.wave - b.wave || (a.name < b.name ? -1 : 1));
}

/** The namespace of an application's pods: charts that have it among their values put them there, wherever the rest is. */
export function namespaceOf({ namespace, values }: RenderedApplication): string {
  const { namespace: own } = values;
  return typeof own === "string" && own !== "" ? own : namespace;
}

function rendered({ metadata, spec }: z.output<typeof Application>): RenderedApplication {
  const sources = spec.source === undefined ? spec.sources : [spec.source];
  return {
    name: metadata.name,
    // Without the annotation, it is wave 0: https://argo-cd.readthedocs.io/en/stable/user-guide/sync-waves/
    wave: Number(metadata.annotations[waveAnnotation] ?? 0),
    namespace: spec.destination.namespace,
    createsNamespace: spec.syncPolicy.syncOptions.includes("CreateNamespace=true"),
    values: Object.assign({}, ...sources.map(valuesOf)) as YamlObject,
  };
}

function valuesOf({ helm: given }: z.output<typeof source>): YamlObject {
  if (given?.valuesObject !== undefined) return given.valuesObject;
  const parsed = parse(given?.values ?? "") as YamlValue;
  return isObject(parsed) ? parsed : {};
}

function isObject(value: unknown): value is YamlObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
