import type { Problem } from "../../lib/layer/layer";
import type { ChartName } from "./chart-repositories";
import type { Settings } from "./settings";

/** Where each chart is read from, and the one content that it may have. */
export type ChartSources = Pick<Settings, "chartRepositories" | "chartDigests">;

/** The arguments of a release that say which chart it installs. */
export function sourceOf({ chartRepositories, chartDigests }: ChartSources, chart: ChartName) {
  const digest = chartDigests[chart];
  return {
    repository: chartRepositories[chart],
    // The name becomes the end of the reference: https://github.com/helm/helm/blob/v3.18.5/pkg/registry/client.go (ValidateReference)
    chart: digest === undefined ? chart : `${chart}@${digest}`,
  };
}

/**
 * Reports digests that nothing would check: of an https:// repository, Helm ignores the digest in the index as well,
 * https://github.com/helm/helm/blob/v3.18.5/pkg/downloader/chart_downloader.go
 */
export function uncheckedDigestProblems({
  chartRepositories,
  chartDigests,
}: ChartSources): readonly Problem[] {
  // Object.keys widens the keys of a record to string.
  const charts = Object.keys(chartDigests) as ChartName[];
  const unchecked = charts.filter(
    (chart) => chartDigests[chart] !== undefined && !chartRepositories[chart].startsWith("oci://"),
  );
  return unchecked.map((chart) => ({
    path: ["layers", "argocd", "chartDigests", chart],
    message: `would not be checked: Helm compares digests of oci:// repositories only, and layers.argocd.chartRepositories.${chart} is "${chartRepositories[chart]}"`,
    hint: `Remove it, or copy the chart to an OCI registry as docs/guides/your-own-network.md#charts-from-a-mirror describes`,
  }));
}
