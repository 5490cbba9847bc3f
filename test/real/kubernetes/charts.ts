import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { parseAllDocuments } from "yaml";
import type { SynthesisedLayer } from "../../synth";
import { tools } from "../tools";
import { withoutExpressions } from "./layer-objects";
import type { KubernetesObject } from "./api";

/** A release that a layer installs with Helm. */
export interface ChartRelease {
  readonly name: string;
  readonly chart: string;
  readonly version: string;
  readonly namespace: string;
  /** As YAML, with something in the place of each of Terraform's expressions. */
  readonly values: string;
}

/** The releases of a layer. */
export function chartReleases({ json }: SynthesisedLayer): readonly ChartRelease[] {
  return Object.values(json.resource?.["helm_release"] ?? {}).map((block) => {
    // As the layer's own construct writes them.
    const { values, ...release } = block as unknown as ChartRelease & { readonly values: readonly string[] };
    // A digest may follow the name.
    const [chart = ""] = release.chart.split("@");
    return { ...release, chart, values: String(withoutExpressions(values[0] ?? "")) };
  });
}

/** Whether a release has objects of the layer's own, for which its chart has a stand-in of ours. */
export function isPlain({ chart }: Pick<ChartRelease, "chart">): boolean {
  return existsSync(standInOf(chart));
}

/** Where the chart of ours is that takes the place of another one. */
export const standInOf = (chart: string) => join(__dirname, "charts", chart);

/** Where the chart of a release is, of another project: its archive in the folder that HELM_CHARTS names. */
export function originalOf({ chart, version }: Pick<ChartRelease, "chart" | "version">): string | undefined {
  const archive = join(tools.charts ?? "", `${chart}-${version}.tgz`);
  return tools.charts !== undefined && existsSync(archive) ? archive : undefined;
}

const run = promisify(execFile);

/** The version of the API server, which charts are rendered for. */
const kubernetes = "1.35.4";

/** What Helm renders of a release: of its own chart where that can be had and is wanted, else of the one in its place. */
export async function render(
  release: ChartRelease,
  { original = true } = {},
): Promise<readonly KubernetesObject[]> {
  const substitute = isPlain(release) ? standInOf(release.chart) : undefined;
  const chart = (original ? originalOf(release) : undefined) ?? substitute;
  if (chart === undefined) throw new Error(`There is no chart ${release.chart} ${release.version}`);
  const folder = mkdtempSync(join(tmpdir(), "helm-"));
  try {
    const values = join(folder, "values.yaml");
    writeFileSync(values, release.values);
    const options = ["--namespace", release.namespace, "--values", values, "--kube-version", kubernetes];
    const args = ["template", release.name, chart, "--include-crds", ...options];
    const { stdout } = await run(tools.helm ?? "helm", args, { maxBuffer: 64 * 1024 * 1024 });
    // Helm prints objects and, for parts that are switched off, nothing.
    const objects = parseAllDocuments(stdout).map((one) => one.toJS() as KubernetesObject | null);
    return objects.filter((object) => object !== null);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
