import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { parse, stringify } from "yaml";
import { issue } from "../../../certificates";
import { type RawEnvironment, type SynthesisedLayer, synthLayer } from "../../../synth";
import { createBucket, type Moto, startMoto } from "../../moto";
import { type S3Proxy, startS3Proxy } from "../../s3-proxy";
import { realProviders, type Variables } from "../../terraform";
import { type GitServer, serveGit } from "../argocd/git-server";
import { writeArgocdChart } from "../argocd/released-chart";
import { chartReleases, isPlain } from "../charts";
import { type ChartServer, serveCharts } from "../chart-server";
import { type Cluster, clusterHost, startCluster } from "../cluster";
import type { StandIn } from "../platform/applications";
import { createRepository } from "../platform/repository";
import { startStandIns, type StandIns } from "../stand-ins";
import { layer } from "./argocd-alone";
import { putStates } from "./states";

/** All that the layer argocd talks to, on this machine: AWS, a cluster, chart repositories and a Git server. */
export interface LayerSurroundings {
  readonly folder: string;
  readonly cluster: Cluster;
  readonly standIns: StandIns;
  /** Authority of the Git server, which Argo CD has to trust. */
  readonly gitAuthority: string;
  /** Of provision and Terraform. */
  readonly variables: Variables;
  readonly environmentFile: string;
  stop(): Promise<void>;
}

const bucket = "123456789012-dev-state";
const configs = resolve(__dirname, "../../../../configs");
const to = new Date("2099-01-01T00:00:00Z");

/** Starts everything; the other layers are states in the bucket, and the platform consists of these applications. */
export async function startLayerSurroundings(applications: readonly StandIn[]): Promise<LayerSurroundings> {
  const folder = mkdtempSync(join(tmpdir(), "layer-"));
  const moto = await startMoto();
  const proxy = await startS3Proxy(moto.url);
  const cluster = await startCluster(join(folder, "cluster"));
  const standIns = await startStandIns(cluster);
  const charts = await serveCharts(folder, writeCharts(folder));
  const authority = issue({ name: "git", authority: true, to });
  const git = await serveGit(
    join(folder, "git"),
    issue({ name: "localhost", names: ["localhost"], by: authority, to }),
  );
  const edit = editFor({ folder, charts, git, applications });
  const environmentFile = join(folder, "dev.yaml");
  const raw: RawEnvironment = parse(readFileSync(join(configs, "dev.yaml"), "utf8"));
  edit(raw);
  writeFileSync(environmentFile, stringify(raw));
  await createBucket(moto.url, bucket);
  const { json } = synthLayer(layer, { config: "dev", edit });
  await putStates(moto, layer, {
    json,
    bucket,
    outputs: { eks: eksOf(cluster), efs: { fileSystemId: "fs-1" } },
  });
  const stop = async () => {
    charts.stop();
    git.stop();
    await standIns.stop();
    await cluster.stop();
    proxy.stop();
    moto.stop();
    rmSync(folder, { recursive: true });
  };
  const variables = variablesOf({ folder, cluster, charts, moto, proxy });
  return { folder, cluster, standIns, gitAuthority: authority.certificate, variables, environmentFile, stop };
}

function eksOf({ api }: Cluster) {
  const certificateAuthority = Buffer.from(api.access.authority).toString("base64");
  return { clusterName: "dev", endpoint: `https://${clusterHost}`, certificateAuthority };
}

/** Every chart that the layer installs, of ours. */
function writeCharts(folder: string): readonly { readonly folder: string; readonly version: string }[] {
  const releases: SynthesisedLayer = synthLayer(layer, { config: "dev" });
  const versions = new Map(chartReleases(releases).map(({ chart, version }) => [chart, version]));
  return [...versions].map(([chart, version]) => {
    if (isPlain({ chart })) return { folder: resolve(__dirname, "../charts", chart), version };
    if (chart === "argo-cd") return { folder: writeArgocdChart(join(folder, "charts"), version), version };
    return { folder: writeChart(join(folder, "charts", chart), version), version };
  });
}

/** A chart of one Deployment, and of the kind that the load balancer controller brings. */
function writeChart(folder: string, version: string): string {
  const name = "{{ .Release.Name }}";
  const labels = { app: name };
  const containers = [{ name: "main", image: "registry.invalid/main:1" }];
  const template = { metadata: { labels }, spec: { containers } };
  const deployment = {
    ...{ apiVersion: "apps/v1", kind: "Deployment", metadata: { name } },
    spec: { selector: { matchLabels: labels }, template },
  };
  mkdirSync(join(folder, "templates"), { recursive: true });
  mkdirSync(join(folder, "crds"));
  const chart = folder.split("/").at(-1);
  writeFileSync(join(folder, "Chart.yaml"), stringify({ apiVersion: "v2", name: chart, version }));
  writeFileSync(join(folder, "templates/deployment.yaml"), stringify(deployment));
  if (chart === "aws-load-balancer-controller") {
    const kind = readFileSync(join(__dirname, "../target-group-binding.yaml"));
    writeFileSync(join(folder, "crds/kinds.yaml"), kind);
  }
  return folder;
}

interface Sources {
  readonly folder: string;
  readonly charts: ChartServer;
  readonly git: GitServer;
  readonly applications: readonly StandIn[];
}

/** What the environment file says of them. */
function editFor({ folder, charts, git, applications }: Sources): (raw: RawEnvironment) => void {
  const names = new Set(chartReleases(synthLayer(layer, { config: "dev" })).map(({ chart }) => chart));
  const root = chartReleases(synthLayer(layer, { config: "dev" })).find(
    ({ name }) => name === "root-application",
  );
  const { applications: found } = parse(root?.values ?? "") as {
    readonly applications: {
      readonly "root-app": {
        readonly sources: readonly { readonly helm?: { readonly valueFiles: readonly string[] } }[];
      };
    };
  };
  const files = found["root-app"].sources.flatMap(({ helm }) => helm?.valueFiles ?? []);
  const repository = createRepository(join(folder, "git/dev"), {
    applications,
    valueFiles: files.map((file) => file.replace("$values/", "")),
  });
  return (raw) => {
    raw.state = { bucket, region: "us-west-2", existing: true };
    raw.extensions = [join(__dirname, "argocd-alone.ts")];
    raw.layers["argocd-alone"] = {
      chartRepositories: Object.fromEntries([...names].map((name) => [name, charts.url])),
      repository: { url: `${git.url}/dev/${repository.path}`, revision: repository.head() },
    };
  };
}

interface Servers {
  readonly folder: string;
  readonly cluster: Cluster;
  readonly charts: ChartServer;
  readonly moto: Moto;
  readonly proxy: S3Proxy;
}

function variablesOf({ folder, cluster, charts, moto, proxy }: Servers): Variables {
  return {
    ...moto.variables,
    ...proxy.variables,
    ...realProviders(folder),
    NO_PROXY: "127.0.0.1,localhost",
    SSL_CERT_FILE: charts.authorityFile,
    TF_VAR_cluster_endpoint: cluster.api.access.url,
    PATH: `${dirname(writeAws(folder, cluster.api.access.token))}:${process.env["PATH"] ?? ""}`,
  };
}

/** In the place of the AWS CLI, whose tokens EKS alone accepts. */
function writeAws(folder: string, token: string): string {
  const program = join(folder, "bin/aws");
  const status = { token, expirationTimestamp: "2099-01-01T00:00:00Z" };
  const credential = { apiVersion: "client.authentication.k8s.io/v1beta1", kind: "ExecCredential", status };
  mkdirSync(dirname(program));
  writeFileSync(program, `#!/bin/sh\necho '${JSON.stringify(credential)}'\n`, { mode: 0o755 });
  return program;
}
