/** Whether a repository is in the cluster's own Gitea; hosts are compared as they are resolved, without case and default port. */
export function isInGitea(url: string, domain: string): boolean {
  return new URL(url).host === `gitea.${domain}`;
}
