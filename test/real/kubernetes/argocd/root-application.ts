import { parse } from "yaml";
import { argocd } from "../../../../modules/argocd/layer";
import { type SynthesisOptions, synthLayer } from "../../../synth";
import { chartReleases, isPlain, render } from "../charts";
import type { Settings } from "./install";
import type { KubernetesObject } from "../api";

/** What the product gives Argo CD for an environment. */
export interface HandedOver {
  readonly settings: Settings;
  readonly project: KubernetesObject;
  readonly root: RootApplication;
  /** Paths in the platform's repository. */
  readonly valueFiles: readonly string[];
}

/** The root application, as far as a test points it elsewhere. */
export interface RootApplication extends KubernetesObject {
  readonly spec: {
    readonly sources: readonly {
      readonly repoURL: string;
      readonly targetRevision: string;
      readonly helm?: {
        readonly valueFiles: readonly string[];
        readonly valuesObject: { readonly argo: object };
      };
    }[];
  };
}

/** Synthesises the layer and renders what of it concerns Argo CD. */
export async function handedOver(options: SynthesisOptions = {}): Promise<HandedOver> {
  const releases = chartReleases(synthLayer(argocd, options));
  const server = releases.find(({ chart }) => chart === "argo-cd");
  // The values of the layer's own construct.
  const { configs } = parse(server?.values ?? "") as { readonly configs: Settings };
  const plain = releases.filter(isPlain);
  const objects = (await Promise.all(plain.map((release) => render(release)))).flat();
  const project = objects.find(({ kind }) => kind === "AppProject");
  // The only Application of the layer.
  const root = objects.find(({ kind }) => kind === "Application") as RootApplication | undefined;
  if (project === undefined || root === undefined)
    throw new Error("The layer has no project or no root application");
  const files = root.spec.sources.flatMap(({ helm }) => helm?.valueFiles ?? []);
  return { settings: configs, project, root, valueFiles: files.map((file) => file.replace("$values/", "")) };
}

/** The same root application for another repository. */
export function pointedAt(root: RootApplication, repoURL: string): RootApplication {
  const targetRevision = "main";
  const sources = root.spec.sources.map(({ helm, ...source }) => {
    const from = { ...source, repoURL, targetRevision };
    if (helm === undefined) return from;
    const repository = { deployRepoURL: repoURL, deployRepoRevision: targetRevision };
    const argo = { ...helm.valuesObject.argo, ...repository };
    return { ...from, helm: { ...helm, valuesObject: { ...helm.valuesObject, argo } } };
  });
  return { ...root, spec: { ...root.spec, sources } };
}
