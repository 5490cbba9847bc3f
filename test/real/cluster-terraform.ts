import { execFile } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { type ServedChart, serveCharts } from "./kubernetes/chart-server";
import { type Cluster, clusterHost } from "./kubernetes/cluster";
import { tools } from "./tools";

/** Terraform with the real providers of clusters, for a cluster on this machine. */
export interface ClusterTerraform {
  /** Of the repository with the charts. */
  readonly url: string;
  /** Writes the configuration; its resources by type and name. */
  write(resource: Readonly<Record<string, object>>): void;
  run(...args: readonly string[]): Promise<string>;
  /** The charts can no longer be read. */
  closeCharts(): void;
}

/** Prepares one below the folder that the cluster was started below. */
export async function clusterTerraform(
  folder: string,
  { api }: Pick<Cluster, "api">,
  charts: readonly ServedChart[],
): Promise<ClusterTerraform> {
  const server = await serveCharts(folder, charts);
  const place = join(folder, "terraform");
  mkdirSync(place);
  const authority = readFileSync(join(folder, "cluster/authority.crt"), "utf8");
  const { url: host, token } = api.access;
  const connection = { host, token, tls_server_name: clusterHost, cluster_ca_certificate: authority };
  return {
    url: server.url,
    write: (resource) => {
      const provider = { helm: { kubernetes: connection }, kubernetes: connection };
      const json = { terraform: { required_providers: providers }, provider, resource };
      writeFileSync(join(place, "main.tf.json"), JSON.stringify(json));
    },
    run: async (...args) => {
      const file = join(folder, "terraform.rc");
      const path = tools.clusterProviders ?? "";
      const mirror = `filesystem_mirror {\n    path = "${path}"\n    include = ["hashicorp/*"]\n  }`;
      writeFileSync(file, `provider_installation {\n  ${mirror}\n}\n`);
      const env = { PATH: process.env["PATH"], HOME: folder, TF_CLI_CONFIG_FILE: file };
      const variables = { SSL_CERT_FILE: server.authorityFile, NO_PROXY: "127.0.0.1,localhost" };
      const options = { cwd: place, env: { ...env, ...variables } };
      // The charts are served by this process, which therefore must not wait.
      const { stdout } = await promisify(execFile)(tools.terraform ?? "terraform", args, options);
      return stdout;
    },
    closeCharts: () => {
      server.stop();
    },
  };
}

const providers = {
  helm: { source: "hashicorp/helm", version: "3.1.1" },
  kubernetes: { source: "hashicorp/kubernetes", version: "2.38.0" },
};
