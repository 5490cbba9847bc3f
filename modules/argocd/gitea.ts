import { giteaSecretTemplates } from "../../gitops/gitea-secrets";
import { giteaValues } from "../../gitops/gitea-values";
import type { LayerStack } from "../../lib/layer/stack";
import { installObjects } from "./plain-objects";
import { type Chart, install } from "./releases";
import type { Settings } from "./settings";

/** Inputs of the Gitea release. */
interface GiteaInstallation extends Pick<Chart, "after"> {
  readonly settings: Pick<Settings, "gitea"> & Chart["repositories"];
  readonly domain: string;
}

/** Installs Gitea, after its Secrets, unless it is disabled. */
export function addGitea(
  stack: LayerStack,
  { settings: { gitea, ...repositories }, domain, after }: GiteaInstallation,
): void {
  if (!gitea.enabled) return;
  const namespace = "gitea";
  const host = `gitea.${domain}`;
  const secrets = installObjects(stack, {
    release: "gitea-secrets",
    namespace,
    objects: giteaSecretTemplates({ namespace, host }),
    repositories,
    after,
  });
  install(stack, {
    release: "gitea",
    namespace,
    repositories,
    chart: "gitea",
    version: gitea.chartVersion,
    values: giteaValues({ ...gitea, host, storageClass: "gp3" }),
    after: [secrets, ...after],
  });
}
