import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Cluster, startCluster } from "../cluster";
import type { StandIn } from "../platform/applications";
import { createRepository, type PlatformRepository } from "../platform/repository";
import { startStandIns, type StandIns } from "../stand-ins";
import { type GitServer, serveGit } from "./git-server";
import { type HandedOver, handedOver, pointedAt } from "./root-application";
import { type Argocd, startArgocd } from "./start";

/** A cluster with Argo CD, and a server of Git repositories. */
export interface Surroundings {
  readonly folder: string;
  readonly cluster: Cluster;
  readonly standIns: StandIns;
  readonly argocd: Argocd;
  readonly git: GitServer;
  stop(): Promise<void>;
}

/** Starts everything, for environments of these names. */
export async function startSurroundings(environments: readonly string[]): Promise<Surroundings> {
  const folder = mkdtempSync(join(tmpdir(), "kubernetes-"));
  const [cluster, { settings }] = await Promise.all([startCluster(join(folder, "cluster")), handedOver()]);
  const standIns = await startStandIns(cluster);
  const git = await serveGit(join(folder, "git"));
  const params = { ...settings.params, "application.namespaces": environments.join(",") };
  const argocd = await startArgocd(cluster, join(folder, "argocd"), { ...settings, params });
  const stop = async () => {
    await argocd.stop();
    git.stop();
    await standIns.stop();
    await cluster.stop();
    rmSync(folder, { recursive: true });
  };
  return { folder, cluster, standIns, argocd, git, stop };
}

/** An environment whose root application deploys applications of ours. */
export interface Deployed {
  readonly repository: PlatformRepository;
  readonly given: HandedOver;
}

/** Hands Argo CD the project and the root application of an environment, as the product renders them. */
export async function deploy(
  { folder, cluster, git }: Surroundings,
  environment: string,
  applications: readonly StandIn[],
): Promise<Deployed> {
  const given = await handedOver({ edit: (raw) => (raw.name = environment) });
  const { valueFiles } = given;
  const repository = createRepository(join(folder, "git", environment), { applications, valueFiles });
  await cluster.api.apply({ apiVersion: "v1", kind: "Namespace", metadata: { name: environment } });
  await cluster.api.apply(given.project);
  await cluster.api.apply(pointedAt(given.root, `${git.url}/${environment}/${repository.path}`));
  return { repository, given };
}
