import { mkdirSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { freePort } from "../../free-port";
import { tools } from "../../tools";
import type { Cluster } from "../cluster";
import { listens, type Program, startProgram, until } from "../program";
import { installArgocd, redisPassword, type Settings, variablesOf } from "./install";

/** Argo CD as processes beside a cluster, which holds its objects: cache, repository server and application controller. */
export interface Argocd {
  readonly controller: Program;
  readonly repositoryServer: Program;
  stop(): Promise<void>;
}

/** Installs Argo CD with settings of ours and starts it, with its data below a folder. */
export async function startArgocd(cluster: Cluster, folder: string, settings: Settings): Promise<Argocd> {
  await installArgocd(cluster.api, settings);
  return startInstalled(cluster, folder);
}

/** Starts the programs of an Argo CD whose objects are in the cluster. */
export async function startInstalled(cluster: Cluster, folder: string): Promise<Argocd> {
  mkdirSync(folder, { recursive: true });
  const redisPort = await freePort();
  const address = ["--bind", "127.0.0.1", "--port", String(redisPort), "--requirepass", redisPassword];
  const redisArgs = [...address, "--save", "", "--appendonly", "no"];
  const redis = startProgram({ name: "redis", program: tools.redis ?? "", args: redisArgs, folder });
  const repositoryPort = await freePort();
  const ports = { redis: redisPort, repository: repositoryPort };
  const parts = { cluster, folder, ports };
  await until("Redis listens", () => listens(redisPort), { seconds: 30, program: redis });
  const repositoryServer = await startPart(parts, "repo-server", [
    ["port", repositoryPort],
    ["address", "127.0.0.1"],
    ["metrics-port", await freePort()],
    ["metrics-address", "127.0.0.1"],
  ]);
  await until("the repository server listens", () => listens(repositoryPort), {
    seconds: 60,
    program: repositoryServer,
  });
  // Its figures are served on every address, which no option of 3.2 changes.
  const metricsPort = await freePort();
  const controller = await startPart(parts, "application-controller", [["metrics-port", metricsPort]]);
  await until("the application controller listens", () => listens(metricsPort), {
    seconds: 60,
    program: controller,
  });
  return {
    controller,
    repositoryServer,
    stop: async () => {
      for (const program of [controller, repositoryServer, redis]) await program.stop();
    },
  };
}

interface Parts {
  readonly cluster: Cluster;
  readonly folder: string;
  readonly ports: { readonly redis: number; readonly repository: number };
}

/** Starts a part with the rights of its ServiceAccount and the variables of its workload. */
async function startPart(
  { cluster, folder, ports }: Parts,
  part: "repo-server" | "application-controller",
  options: readonly (readonly [string, string | number])[],
): Promise<Program> {
  const name = `argocd-${part}`;
  const program = join(folder, name);
  // One program for all parts looks at the name that it is called by.
  symlinkSync(join(tools.argocd ?? "", "argocd"), program);
  const kubeconfig = cluster.kubeconfigFor(name, await tokenOf(cluster, name), "argocd");
  const kind = part === "repo-server" ? "deployments" : "statefulsets";
  const variables = {
    ...(await variablesOf(cluster.api, `${kind}/${name}`)),
    ...outsideOfCluster(folder, ports),
    KUBECONFIG: kubeconfig,
    POD_NAME: `${name}-0`,
    HOSTNAME: `${name}-0`,
  };
  const args = options.map(([option, value]) => `--${option}=${value}`);
  const own = part === "application-controller" ? [`--kubeconfig=${kubeconfig}`, "--namespace=argocd"] : [];
  return startProgram({ name, program, args: [...own, ...args], variables, folder });
}

async function tokenOf({ api }: Cluster, account: string): Promise<string> {
  const path = `/api/v1/namespaces/argocd/serviceaccounts/${account}/token`;
  const request = { apiVersion: "authentication.k8s.io/v1", kind: "TokenRequest", metadata: {}, spec: {} };
  // The answer to a TokenRequest: https://kubernetes.io/docs/reference/kubernetes-api/authentication-resources/token-request-v1/
  const { status } = await api.create<{ readonly status: { readonly token: string } }>(path, request);
  return status.token;
}

/** What differs from a pod: addresses, and folders that can be written to. */
function outsideOfCluster(folder: string, ports: Parts["ports"]): Readonly<Record<string, string>> {
  const own = (name: string) => {
    const path = join(folder, name);
    mkdirSync(path, { recursive: true });
    return path;
  };
  const repositoryServer = `127.0.0.1:${ports.repository}`;
  return {
    PATH: `${dirname(tools.helm ?? "")}:${process.env["PATH"] ?? ""}`,
    REDIS_SERVER: `127.0.0.1:${ports.redis}`,
    REDIS_PASSWORD: redisPassword,
    ARGOCD_APPLICATION_CONTROLLER_REPO_SERVER: repositoryServer,
    // So that https://kubernetes.default.svc means the cluster of the kubeconfig.
    ARGOCD_FAKE_IN_CLUSTER: "true",
    ARGOCD_GPG_ENABLED: "false",
    ARGOCD_GNUPGHOME: own("gnupg"),
    ARGOCD_TLS_DATA_PATH: own("tls"),
    ARGOCD_SSH_DATA_PATH: own("ssh"),
    KUBECACHEDIR: own("kube-cache"),
    TMPDIR: own("work"),
    HELM_CACHE_HOME: own("helm-cache"),
    HELM_CONFIG_HOME: own("helm-config"),
    HELM_DATA_HOME: own("helm-data"),
    HOME: own("home"),
    NO_PROXY: "*",
  };
}
