import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { issue } from "../../certificates";
import { freePort } from "../free-port";
import { tools } from "../tools";
import { Api } from "./api";
import { listens, type Program, startProgram, until } from "./program";

/** A Kubernetes without nodes on 127.0.0.1: etcd, API server and controller manager. */
export interface Cluster {
  /** Of an administrator. */
  readonly api: Api;
  /** File of an administrator. */
  readonly kubeconfig: string;
  /** The file of a kubeconfig with another token, e.g. of a ServiceAccount, and its namespace. */
  kubeconfigFor(name: string, token: string, namespace: string): string;
  /** Socket on which the API server looks for its way to pods, e.g. those of webhooks. */
  readonly egressSocket: string;
  stopApiServer(): Promise<void>;
  startApiServer(): Promise<void>;
  stop(): Promise<void>;
}

const token = "administrator";
/** The name that EKS would give it. */
export const clusterHost = "4711.gr7.us-west-2.eks.amazonaws.com";
/** The names that clients inside of a cluster use, and the first address of its services. */
const inside = ["kubernetes.default.svc", "kubernetes", "10.96.0.1"];

/** Starts one below a folder, with nothing in it. */
export async function startCluster(folder: string): Promise<Cluster> {
  const programs: Program[] = [];
  const stopAll = async () => {
    for (const program of programs.splice(0).reverse()) await program.stop();
  };
  try {
    return await startParts(folder, programs, stopAll);
  } catch (error) {
    await stopAll();
    throw error;
  }
}

async function startParts(
  folder: string,
  programs: Program[],
  stopAll: () => Promise<void>,
): Promise<Cluster> {
  mkdirSync(folder, { recursive: true });
  const [etcdPort, peerPort, port] = [await freePort(), await freePort(), await freePort()];
  const etcdUrl = `http://127.0.0.1:${etcdPort}`;
  const url = `https://127.0.0.1:${port}`;
  const authority = writeKeys(folder);
  const started = (program: Program) => {
    programs.push(program);
    return program;
  };
  const etcd = started(startEtcd(folder, etcdUrl, `http://127.0.0.1:${peerPort}`));
  await until("etcd listens", () => listens(etcdPort), { seconds: 60, program: etcd });
  const api = new Api({ url, token, authority });
  const startServer = async () => {
    const server = started(startApiServer(folder, etcdUrl, port));
    await until("the API server is ready", () => ready(api), { seconds: 120, program: server });
    return server;
  };
  let server = await startServer();
  const kubeconfigFor = (name: string, as: string, namespace: string) => {
    const file = join(folder, `${name}.kubeconfig`);
    writeFileSync(file, stringify(kubeconfigOf({ url, authority, token: as }, namespace)));
    return file;
  };
  const kubeconfig = kubeconfigFor("administrator", token, "default");
  const controllers = started(await startControllers(folder, kubeconfig));
  const isReady = { seconds: 60, program: controllers };
  await until("controllers have made the first service account", () => hasAccount(api), isReady);
  return {
    api,
    kubeconfig,
    kubeconfigFor,
    egressSocket: egressSocket(folder),
    stopApiServer: () => server.stop(),
    startApiServer: async () => {
      server = await startServer();
    },
    stop: async () => {
      api.close();
      await stopAll();
    },
  };
}

const egressSocket = (folder: string) => join(folder, "egress.sock");

async function ready(api: Api): Promise<boolean> {
  try {
    await api.get("/api/v1/namespaces/default");
    return true;
  } catch {
    return false;
  }
}

async function hasAccount(api: Api): Promise<boolean> {
  const accounts = await api.list("/api/v1/namespaces/default/serviceaccounts");
  return accounts.length > 0;
}

/** Writes certificates, keys and tokens; gives the authority of the API server's certificate. */
function writeKeys(folder: string): string {
  const to = new Date("2099-01-01T00:00:00Z");
  const authority = issue({ name: "kubernetes", authority: true, to });
  const server = issue({
    name: "kube-apiserver",
    by: authority,
    names: [clusterHost, "127.0.0.1", ...inside],
    to,
  });
  const accounts = issue({ name: "service-accounts", to });
  const files = {
    "authority.crt": authority.certificate,
    "server.crt": server.certificate,
    "server.key": server.privateKey,
    // The public key is read out of a certificate as well.
    "accounts.crt": accounts.certificate,
    "accounts.key": accounts.privateKey,
    "tokens.csv": `${token},${token},1,system:masters\n`,
    // Without it, the server would look for the addresses of pods on this machine's network.
    "egress.yaml": stringify({
      apiVersion: "apiserver.k8s.io/v1beta1",
      kind: "EgressSelectorConfiguration",
      egressSelections: [
        {
          name: "cluster",
          connection: {
            proxyProtocol: "HTTPConnect",
            transport: { uds: { udsName: egressSocket(folder) } },
          },
        },
      ],
    }),
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return authority.certificate;
}

function kubeconfigOf(access: Api["access"], namespace: string): unknown {
  const cluster = {
    server: access.url,
    "certificate-authority-data": Buffer.from(access.authority).toString("base64"),
  };
  return {
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name: "test", cluster }],
    users: [{ name: "test", user: { token: access.token } }],
    contexts: [{ name: "test", context: { cluster: "test", user: "test", namespace } }],
    "current-context": "test",
  };
}

function startEtcd(folder: string, url: string, peer: string): Program {
  const addresses = {
    "listen-client-urls": url,
    "advertise-client-urls": url,
    "listen-peer-urls": peer,
    "initial-advertise-peer-urls": peer,
    "initial-cluster": `test=${peer}`,
  };
  const options = { name: "test", "data-dir": join(folder, "etcd"), ...addresses, "unsafe-no-fsync": "" };
  return startProgram({ name: "etcd", program: tools.etcd ?? "", args: flags(options), folder });
}

function startApiServer(folder: string, etcd: string, port: number): Program {
  const options = {
    "etcd-servers": etcd,
    "bind-address": "127.0.0.1",
    "secure-port": String(port),
    "endpoint-reconciler-type": "none",
    "service-cluster-ip-range": "10.96.0.0/16",
    "service-account-issuer": "https://kubernetes.default.svc",
    "service-account-key-file": "accounts.crt",
    "service-account-signing-key-file": "accounts.key",
    "authorization-mode": "Node,RBAC",
    "token-auth-file": "tokens.csv",
    "tls-cert-file": "server.crt",
    "tls-private-key-file": "server.key",
    "allow-privileged": "true",
    "egress-selector-config-file": "egress.yaml",
  };
  const program = join(tools.kubernetes ?? "", "kube-apiserver");
  return startProgram({ name: "kube-apiserver", program, args: flags(options), folder });
}

async function startControllers(folder: string, kubeconfig: string): Promise<Program> {
  const options = {
    kubeconfig,
    "service-account-private-key-file": "accounts.key",
    "root-ca-file": "authority.crt",
    "leader-elect": "false",
    "bind-address": "127.0.0.1",
    "secure-port": String(await freePort()),
    "cert-dir": join(folder, "controllers"),
    // There are no nodes.
    controllers: "*,-node-ipam-controller,-node-lifecycle-controller",
  };
  const program = join(tools.kubernetes ?? "", "kube-controller-manager");
  return startProgram({ name: "kube-controller-manager", program, args: flags(options), folder });
}

function flags(options: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(options).map(([name, value]) => (value === "" ? `--${name}` : `--${name}=${value}`));
}
