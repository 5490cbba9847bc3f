import { isDeepStrictEqual } from "node:util";
import { parseAllDocuments } from "yaml";
import { z } from "zod";
import type { YamlObject } from "../yaml";
import type { RenderedApplication } from "./application";
import type { Expectation } from "./expectation";
import type { HandedOver } from "./provided/handed-over";

const helm = z.object({
  valueFiles: z.array(z.string()),
  valuesObject: z.custom<YamlObject>((value) => typeof value === "object" && value !== null),
});
const Root = z.object({
  kind: z.literal("Application"),
  spec: z.object({ sources: z.array(z.unknown()) }),
});
const Source = z.object({ path: z.string(), helm });

/** What the platform's own root application hands over to the applications. */
export type OwnHandOver = z.output<typeof Source>;

/** What the chart root-app of a checkout hands over if it is given our values; undefined: nothing. */
export function ownHandOver(manifests: string): OwnHandOver | undefined {
  const sources = parseAllDocuments(manifests).flatMap(
    (document) => Root.safeParse(document.toJS()).data?.spec.sources ?? [],
  );
  return sources.flatMap((source) => Source.safeParse(source).data ?? [])[0];
}

/** Our root application, and what both render. */
interface Comparison {
  readonly handedOver: HandedOver;
  readonly ours: readonly RenderedApplication[];
  readonly theirs: readonly RenderedApplication[];
}

/** How what our root application hands over differs from what the platform's own would hand over. */
export function handOverDifferences(
  own: OwnHandOver,
  { handedOver, ours, theirs }: Comparison,
): readonly Expectation[] {
  const files = handedOver.valueFiles.map((file) => `$values/${file}`);
  const names = [...new Set([...ours, ...theirs].map(({ name }) => name))];
  const find = (all: readonly RenderedApplication[], wanted: string) =>
    all.find(({ name }) => name === wanted);
  return [
    ...(own.path === handedOver.path ? [] : ["path of the applications"]),
    ...(isDeepStrictEqual(own.helm.valueFiles, files) ? [] : ["value files"]),
    ...names
      .filter((name) => !isDeepStrictEqual(find(ours, name), find(theirs, name)))
      .map((name) => `values of ${name}`),
  ].map(difference);
}

function difference(name: string): Expectation {
  return { kind: "hand-over", name, application: "root-app", wave: 0, source: "argocd/root-app" };
}
