import { z } from "zod";
import type { SynthesisedJson } from "../../../synthesis/environment";
import { Resource } from "../../../synthesis/resource";
import type { YamlObject } from "../../yaml";
import type { EnvironmentNames } from "../names";
import { type ChartValues, chartValues } from "./chart-values";
import { placeholdersOf, type References } from "./placeholder";
import { roleArn } from "./role-arn";

/** What Argo CD is given to render the applications from. */
export interface HandedOver {
  readonly repository: { readonly url: string; readonly revision: string };
  /** Path of the chart of the applications in the deployment repository. */
  readonly path: string;
  /** Paths in the deployment repository, in order of increasing precedence. */
  readonly valueFiles: readonly string[];
  /** Precede the value files; with placeholders for what only Terraform knows. */
  readonly values: YamlObject;
  readonly references: References;
  readonly names: EnvironmentNames;
}

const Values = z.looseObject({
  argo: z.looseObject({
    clusterName: z.string(),
    clusterDomain: z.string(),
    aws: z.looseObject({ account: z.string(), bucketPrefix: z.string().optional() }),
  }),
});

const helm = z.object({ valueFiles: z.array(z.string()), valuesObject: Values });
const source = z.object({ repoURL: z.string(), targetRevision: z.string(), path: z.string(), helm });
const release = z.object({
  applications: z.object({ "root-app": z.object({ sources: z.array(z.unknown()) }) }),
});

/** What the root application of a synthesised environment hands over; undefined: it has none. */
export function handedOver(
  synthesised: SynthesisedJson,
  { partition, iam }: { readonly partition: string; readonly iam: { readonly path: string } },
): HandedOver | undefined {
  const roots = chartValues(synthesised).flatMap((given) => {
    const parsed = release.safeParse(given.values).data?.applications["root-app"].sources ?? [];
    return parsed.flatMap((root) => {
      const found = source.safeParse(root).data;
      return found === undefined ? [] : [{ given, found }];
    });
  });
  const [root] = roots;
  if (root === undefined) return undefined;
  const { path, helm: rendered, repoURL: url, targetRevision: revision } = root.found;
  const { clusterName: environment, clusterDomain: domain, aws } = rendered.valuesObject.argo;
  const { account } = aws;
  return {
    repository: { url, revision },
    path,
    valueFiles: rendered.valueFiles.map((file) => file.replace(/^\$values\//, "")),
    values: withRoleArns(synthesised, root.given, {
      // The parser of YAML made it.
      values: rendered.valuesObject as YamlObject,
      arnOf: (role) => roleArn(role, { partition, account }),
    }),
    references: root.given.references,
    names: {
      ...{ environment, domain, account, partition },
      roles: `arn:${partition}:iam::${account}:role${iam.path}`,
      // As the charts of observability have it.
      bucketPrefix: aws.bucketPrefix ?? environment,
    },
  };
}

/** Values in which references to roles are their ARNs, which charts would have from Terraform. */
function withRoleArns(
  synthesised: SynthesisedJson,
  { release: { layer }, references }: ChartValues,
  { values, arnOf }: { readonly values: YamlObject; readonly arnOf: (role: Resource) => string },
): YamlObject {
  const arns = references.expressions.map((expression) => {
    const read = new Resource({ layer, type: "", name: "", given: { expression } });
    return synthesised
      .targets(read, "expression")
      .filter(({ type }) => type === "aws_iam_role")
      .map(arnOf)[0];
  });
  const text = JSON.stringify(values).replaceAll(placeholdersOf(references), (whole, index: string) => {
    const arn = arns[Number(index)];
    return arn ?? whole;
  });
  // The same value with other texts.
  return JSON.parse(text) as YamlObject;
}
