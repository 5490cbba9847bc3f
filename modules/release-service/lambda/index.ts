import { createHandler } from "./handler";

function variable(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`Missing environment variable ${name}`);
  return value;
}

/** The Lambda handler. */
export const handler = createHandler(
  {
    region: variable("AWS_REGION"),
    dnsSuffix: variable("DNS_SUFFIX"),
    bucket: variable("BUCKET"),
    filePrefix: variable("FILE_PREFIX"),
    tokensSecret: variable("TOKENS_SECRET"),
    registryHost: variable("REGISTRY_HOST"),
    repositories: variable("REPOSITORIES"),
    // JSON array of strings, set by the layer.
    anonymousPrefixes: JSON.parse(variable("ANONYMOUS_PREFIXES")) as string[],
  },
  {
    fetch: (url, init) => fetch(url, init),
    now: () => new Date(),
    credentials: () => ({
      accessKeyId: variable("AWS_ACCESS_KEY_ID"),
      secretAccessKey: variable("AWS_SECRET_ACCESS_KEY"),
      sessionToken: process.env["AWS_SESSION_TOKEN"],
    }),
  },
);
