import { z } from "zod";
import type { SynthesisedJson } from "../../../synthesis/environment";
import type { YamlObject } from "../../yaml";
import type { EnvironmentNames } from "../names";
import { chartValues } from "./chart-values";

/** What Argo CD is given to render the applications from. */
export interface HandedOver {
  /** Path of the chart of the applications in the deployment repository. */
  readonly path: string;
  /** Paths in the deployment repository, in order of increasing precedence. */
  readonly valueFiles: readonly string[];
  /** Precede the value files. */
  readonly values: YamlObject;
  readonly names: EnvironmentNames;
}

const values = z.looseObject({
  argo: z.looseObject({
    clusterName: z.string(),
    clusterDomain: z.string(),
    aws: z.looseObject({ account: z.string(), bucketPrefix: z.string().optional() }),
  }),
});

const helm = z.object({ valueFiles: z.array(z.string()), valuesObject: values });
const source = z.object({ path: z.string(), helm });
const release = z.object({
  applications: z.object({ "root-app": z.object({ sources: z.array(z.unknown()) }) }),
});

/** What the root application of a synthesised environment hands over; undefined: it has none. */
export function handedOver(
  synthesised: SynthesisedJson,
  { partition, iam }: { readonly partition: string; readonly iam: { readonly path: string } },
): HandedOver | undefined {
  const roots = chartValues(synthesised).flatMap(({ values: given }) => {
    const parsed = release.safeParse(given);
    return parsed.success ? parsed.data.applications["root-app"].sources : [];
  });
  const [rendered] = roots.flatMap((root) => source.safeParse(root).data ?? []);
  if (rendered === undefined) return undefined;
  const { valueFiles, valuesObject } = rendered.helm;
  const { clusterName: environment, clusterDomain: domain, aws } = valuesObject.argo;
  return {
    path: rendered.path,
    valueFiles: valueFiles.map((file) => file.replace(/^\$values\//, "")),
    // The parser of YAML made it.
    values: valuesObject as YamlObject,
    names: {
      ...{ environment, domain, account: aws.account },
      roles: `arn:${partition}:iam::${aws.account}:role${iam.path}`,
      // As the charts of the observability have it.
      bucketPrefix: aws.bucketPrefix ?? environment,
    },
  };
}
