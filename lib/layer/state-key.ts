import type { Environment } from "./environment-schema";

/** The key that encrypts state: the configured one, or the alias of the one that the s3-backend layer creates. */
export function stateKeyArn({ partition, account, name, state }: Environment): string | undefined {
  if (state.kmsKeyArn !== undefined || state.existing) return state.kmsKeyArn;
  return `arn:${partition}:kms:${state.region}:${account}:alias/${name}-state`;
}
