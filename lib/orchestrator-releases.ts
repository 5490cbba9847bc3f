/** Releases of the orchestrator whose applications the argocd layer installs; docs/guides/migrating.md says what differs. */
export const orchestratorReleases = ["2026.0", "2025.2", "3.1", "3.0"] as const;
