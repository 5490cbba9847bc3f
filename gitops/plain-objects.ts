import type { YamlObject, YamlValue } from "./yaml";

/**
 * Values of the chart argocd-apps that install objects of any kind; the chart evaluates them as templates. Each template is
 * rendered once for each of its items: https://github.com/argoproj/argo-helm/blob/main/charts/argocd-apps/templates/item-templates.yaml
 */
export function plainObjectsValues(templates: readonly YamlValue[]): YamlObject {
  return { itemTemplates: templates.map((template) => ({ items: [{}], template })) };
}
