import type { YamlObject } from "./yaml";

/** How Argo CD syncs an Application; a sync that fails is tried again. */
export function syncPolicy({
  autoSync,
  syncOptions = [],
}: {
  readonly autoSync: boolean;
  readonly syncOptions?: readonly string[];
}): YamlObject {
  const options = syncOptions.length === 0 ? {} : { syncOptions };
  if (!autoSync) return options;
  const backoff = { duration: "5s", factor: 2, maxDuration: "3m0s" };
  return { automated: { prune: true, selfHeal: true }, retry: { limit: 100, backoff }, ...options };
}
