import { z } from "zod";
import type { KubernetesApi, KubernetesObject } from "../../world/index";
import { ifMissing } from "../steady";
import type { DeclaredObject } from "./declared";
import { type Finding, titleOf } from "./finding";

const texts = z.record(z.string(), z.string()).default({});
const metadata = z.object({ labels: texts, annotations: texts });
const labelled = z.object({ metadata: metadata.prefault({}) });

/**
 * Labels and annotations of others that an import has removed: the provider takes everything on an imported object for its
 * own, and deletes what the layer does not declare. Later applies leave foreign ones alone.
 */
export async function foreignLabels(
  api: KubernetesApi,
  imported: readonly (DeclaredObject & { readonly found: KubernetesObject })[],
): Promise<readonly Finding[]> {
  const findings = imported.map(async ({ object, found }): Promise<Finding | undefined> => {
    const live = await ifMissing(api.read(object), undefined);
    if (live === undefined) return undefined;
    const [before, after] = [found, live].map((one) => labelled.parse(one).metadata);
    const labels = missing(before?.labels, after?.labels);
    const annotations = missing(before?.annotations, after?.annotations);
    const names = [...Object.keys(labels), ...Object.keys(annotations)];
    if (names.length === 0) return undefined;
    return {
      ...{
        text: `${titleOf(object)} had ${names.join(", ")} of others before its import`,
        effect: "changed",
      },
      cure: (to) => to.patch(object, { metadata: { labels, annotations } }),
    };
  });
  return (await Promise.all(findings)).flatMap((finding) => finding ?? []);
}

function missing(
  before: Readonly<Record<string, string>> = {},
  after: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(before).filter(([name]) => !(name in after)));
}
