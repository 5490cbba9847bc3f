import { SecretV1 } from "@cdktf/provider-kubernetes/lib/secret-v1";
import { Fn, type ITerraformDependable } from "cdktf";
import type { LayerStack } from "../../lib/layer/stack";
import type { HeldValue, SecretSource } from "./secret-source";

/** The value of a key: texts that are no secrets, and values of secrets, one after another. */
export type SecretValue = string | HeldValue | readonly (string | HeldValue)[];

/** A Secret of the cluster whose values come from Secrets Manager. */
export interface ClusterSecret {
  readonly namespace: string;
  readonly name: string;
  readonly type?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly data: Readonly<Record<string, SecretValue>>;
}

/** Adds a Secret: its values are in no state, plan or output. */
export function addClusterSecret(
  stack: LayerStack,
  { type = "Opaque", data, ...metadata }: ClusterSecret,
  after: readonly ITerraformDependable[],
): SecretV1 {
  const { namespace, name } = metadata;
  return new SecretV1(stack, `secret-${namespace}-${name}`, {
    metadata: { labels: {}, ...metadata },
    type,
    dataWo: Object.fromEntries(
      Object.entries(data).map(([key, value]) => [key, partsOf(value).map(expressionOf).join("")]),
    ),
    dataWoRevision: revisionOf(data),
    dependsOn: [...after],
  });
}

/**
 * A number from 1 to 2^28 that changes with what the Secret holds: Terraform does not compare write-only values, and sends
 * them when this number changes. It depends on the versions of the secrets, and on all that is no secret.
 */
function revisionOf(data: ClusterSecret["data"]): number {
  const contents = Object.entries(data).map(([key, value]) => [
    key,
    ...partsOf(value).map((part) => (typeof part === "string" ? part : `<${part.name}>`)),
  ]);
  const versions = sourcesOf(data).map(({ versionId }) => versionId);
  const digest = Fn.sha256(Fn.jsonencode([...versions, ...contents]));
  // cdktf declares it as any; it is a number in the JSON once Terraform has evaluated it.
  return Fn.sum([Fn.parseint(Fn.substr(digest, 0, 7), 16), 1]) as number;
}

function sourcesOf(data: ClusterSecret["data"]): readonly SecretSource[] {
  const sources = Object.values(data)
    .flatMap(partsOf)
    .flatMap((part) => (typeof part === "string" ? [] : [part.source]));
  return [...new Set(sources)];
}

function partsOf(value: SecretValue): readonly (string | HeldValue)[] {
  return typeof value === "string" || "source" in value ? [value] : value;
}

const expressionOf = (part: string | HeldValue) => (typeof part === "string" ? part : part.expression);
