import { giteaSecrets } from "../../gitops/gitea-secrets";
import { giteaUsers, giteaUsersJob } from "../../gitops/gitea-users";
import { giteaValues } from "../../gitops/gitea-values";
import { selfSigned } from "../../gitops/self-signed";
import type { LayerStack } from "../../lib/layer/stack";
import { addClusterSecret } from "./cluster-secret";
import { installObjects } from "./plain-objects";
import { type Chart, install } from "./releases";
import type { SecretSources } from "./secret-sources";
import type { Settings } from "./settings";

const namespace = "gitea";

/** Inputs of the Gitea release. */
interface GiteaInstallation extends Pick<Chart, "after"> {
  readonly settings: Pick<Settings, "gitea"> & Chart["repositories"];
  readonly sources: SecretSources;
  readonly domain: string;
  /** Environment variables of its pod. */
  readonly variables: Readonly<Record<string, string>>;
}

/** Installs Gitea, after its Secrets, and then its users, unless it is disabled. */
export function addGitea(
  stack: LayerStack,
  { settings: { gitea, ...repositories }, sources, domain, variables, after }: GiteaInstallation,
): void {
  if (!gitea.enabled) return;
  const host = `gitea.${domain}`;
  const { admin, users } = addLogins(stack, sources, after);
  const revision = (secret: typeof admin) => secret.getStringAttribute("data_wo_revision");
  const shared = { namespace, repositories };
  const certificate = installObjects(stack, {
    ...shared,
    release: "gitea-secrets",
    objects: [
      selfSigned({ namespace, name: giteaSecrets.tls, hosts: [host, `gitea-http.${namespace}.svc`] }),
    ],
    after,
  });
  const release = install(stack, {
    ...shared,
    release: "gitea",
    chart: "gitea",
    version: gitea.chartVersion,
    values: giteaValues({ ...gitea, host, variables, storageClass: "gp3", loginRevision: revision(admin) }),
    after: [certificate, admin, ...after],
  });
  const { imageTag } = gitea;
  installObjects(stack, {
    ...shared,
    release: "gitea-users",
    objects: [giteaUsersJob({ namespace, imageTag, revision: revision(users) })],
    waitForJobs: true,
    after: [release, users],
  });
}

/** Adds the Secrets with the passwords of Gitea's administrator and of its users. */
function addLogins(stack: LayerStack, sources: SecretSources, after: Chart["after"]) {
  const administrator = sources.user("gitea-admin");
  const passwords = giteaUsers.map((user) => [user, sources.user(`gitea-${user}`).at("password")] as const);
  const login = { username: administrator.at("username"), password: administrator.at("password") };
  return {
    admin: addClusterSecret(stack, { namespace, name: giteaSecrets.admin, data: login }, after),
    users: addClusterSecret(
      stack,
      { namespace, name: giteaSecrets.users, data: Object.fromEntries(passwords) },
      after,
    ),
  };
}
