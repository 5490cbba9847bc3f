import type { Environment } from "../../lib/layer/environment-schema";
import type { SynthesisedJson } from "../../synthesis/environment";
import type { Resource } from "../../synthesis/resource";

/** What the ARNs of an environment consist of. */
export type AccountContext = Pick<
  Environment,
  "name" | "partition" | "account" | "region" | "state" | "tagKeys"
>;

/** What the ARNs of resources are read from. */
export interface ArnSource {
  readonly synthesised: SynthesisedJson;
  readonly context: AccountContext;
}

/** Completes an ARN of `Rights` for one resource; what only AWS knows becomes `*`. */
export function arnOf(pattern: string, resource: Resource, { synthesised, context }: ArnSource): string {
  const whole = wholeArn(pattern, resource, synthesised);
  if (whole !== undefined) return whole;
  const { partition, account, name } = context;
  const known = new Map([
    ["account", account],
    ["env", name],
    ["region", regionOf(resource, context)],
    ["path", pathOf(resource, synthesised)],
    ["issuer", issuerOf(resource, regionOf(resource, context))],
  ]);
  const completed = pattern.replace(
    /\{(\w+)\}/g,
    (_, argument: string) => known.get(argument) ?? literal(resource, argument, synthesised) ?? "*",
  );
  return `arn:${partition}:${completed}`;
}

/** An argument that is a complete ARN, e.g. of a secret that an environment file names. */
function wholeArn(pattern: string, resource: Resource, synthesised: SynthesisedJson): string | undefined {
  const names = [...pattern.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);
  return names
    .map((name) => literal(resource, name, synthesised))
    .find((text) => text !== undefined && /^arn:[\w-]+:secretsmanager:/.test(text));
}

/** Types with a path of their own; any other that is about a role refers to it. */
const pathBearers = /^aws_iam_(group|instance_profile|policy|role|user)$/;

/** The path of an entity of IAM, or of the role that a resource refers to; one without is at `/`. */
function pathOf(resource: Resource, synthesised: SynthesisedJson): string {
  const role = pathBearers.test(resource.type) ? resource : synthesised.targets(resource, "role")[0];
  return role?.texts("path")[0] ?? "/";
}

/** The URL of an OIDC provider as its ARN has it; only EKS knows the rest of a cluster's. */
function issuerOf(resource: Resource, region: string): string {
  const [url = ""] = resource.texts("url");
  return url.startsWith("https://") ? url.replace("https://", "") : `oidc.eks.${region}.*`;
}

/** A resource in another region names it in its provider, `aws.us-east-1`; other providers are of the environment's region. */
export function regionOf(resource: Resource, { region }: AccountContext): string {
  const [, alias = ""] = (resource.texts("provider")[0] ?? "").split(".");
  return /-\d$/.test(alias) ? alias : region;
}

/** An argument that is written out, here, in an output or in the resource that it refers to. */
function literal(resource: Resource, argument: string, synthesised: SynthesisedJson): string | undefined {
  const referred = synthesised
    .targets(resource, argument)
    .flatMap((target) => [...target.texts(argument), ...target.texts("name")]);
  return [...synthesised.written(resource, argument), ...referred].find((text) => !text.includes("${"));
}
