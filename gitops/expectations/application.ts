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

/** An application with parts that are not as Argo CD reads them. */
export interface BrokenApplication {
  readonly name: string;
  /** Paths in the Application, or files of its values. */
  readonly parts: readonly string[];
}

const waveAnnotation = "argocd.argoproj.io/sync-wave";

const yamlObject = z.custom<YamlObject>(isObject);
const helm = z.object({ valuesObject: yamlObject.optional(), values: z.string().optional() }).optional();
const source = z.object({ helm });

const Named = z.object({ kind: z.literal("Application"), metadata: z.object({ name: z.string() }) });

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

/** The Applications in what Helm prints, in the order of their waves, and those that Argo CD would not deploy so. */
export function renderedApplications(manifests: string): {
  readonly applications: readonly RenderedApplication[];
  readonly broken: readonly BrokenApplication[];
} {
  const applications: RenderedApplication[] = [];
  const broken: BrokenApplication[] = [];
  for (const document of parseAllDocuments(manifests)) {
    const given: unknown = document.toJS();
    const { success, data, error } = Application.safeParse(given);
    if (success) applications.push(rendered(data));
    const parts = success ? failedValues(data) : error.issues.map(({ path }) => path.join("."));
    const named = Named.safeParse(given);
    if (named.success && parts.length > 0) broken.push({ name: named.data.metadata.name, parts });
  }
  return {
    applications: applications.toSorted((a, b) => a.wave - b.wave || (a.name < b.name ? -1 : 1)),
    broken,
  };
}

/**
 * Values that Helm could not read: its function fromYaml gives a map with the message instead of failing,
 * https://helm.sh/docs/chart_template_guide/function_list/#type-conversion-functions and
 * https://github.com/helm/helm/blob/v3.18.4/pkg/engine/funcs.go#L98
 */
function failedValues({ spec }: z.output<typeof Application>): readonly string[] {
  const sources = spec.source === undefined ? spec.sources : [spec.source];
  const failed = sources.some((one) => typeof valuesOf(one)["Error"] === "string");
  return failed ? ["values: Error"] : [];
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
