import type { Statement } from "./statements";

/** Whether a statement is about everything of a service, with nothing that narrows it down. */
export function isUnbounded({ resources, narrowingKeys }: Statement): boolean {
  return narrowingKeys.length === 0 && resources.some((resource) => isAnything(resourceOf(resource)));
}

/** Whether one of the resources is each of its type, e.g. every role, or every secret. */
export function isEveryOfType(resources: readonly string[]): boolean {
  return resources.some((resource) => {
    const part = resourceOf(resource);
    // A bucket has no type before its name.
    return isAnything(/^arn:[^:]*:s3:/.test(resource) ? part : part.replace(/^[a-z0-9-]+[:/]/i, ""));
  });
}

/** What an ARN names after the account; the whole of what is no ARN, or a pattern of several services. */
function resourceOf(arn: string): string {
  const [prefix, ...parts] = arn.split(":");
  if (prefix !== "arn") return arn;
  // A wildcard at the end stands for all parts that are missing.
  return parts.length < 5 && arn.endsWith("*") ? "*" : parts.slice(4).join(":");
}

function isAnything(text: string): boolean {
  return text.includes("*") && /^[*?:/]+$/.test(text);
}
