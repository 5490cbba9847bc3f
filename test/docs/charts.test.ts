import { expect, test } from "vitest";
import { objectsChart } from "../../modules/argocd/plain-objects";
import { Settings } from "../../modules/argocd/settings";
import { textOf } from "./documents";

/** The rows of the table for who mirrors the charts: chart and version. */
function listed(): Readonly<Record<string, string>> {
  const rows = textOf("docs/guides/your-own-network.md").matchAll(
    /^\| `([\w-]+)` +\| (\d+\.\d+\.\d+) +\| /gm,
  );
  return Object.fromEntries([...rows].map(([, chart = "", version = ""]) => [chart, version]));
}

test("the guide for mirrors has a digest for every chart, or says where the publisher has it", () => {
  const rows = textOf("docs/guides/your-own-network.md").matchAll(
    /^\| `([\w-]+)` +\| [\d.]+ +\| [^|]+ \| (?:`([0-9a-f]{64})`|in the \[index\]\((https:[^)]+)\)[^|]*?) +\|$/gm,
  );
  const found = [...rows].map(([, chart, digest, index]) => [chart, digest ?? index]);
  expect(found.map(([chart]) => chart)).toEqual(Object.keys(listed()));
  expect(new Set(found.map(([, source]) => source)).size).toBe(found.length);
});

test("the guide for mirrors lists every chart that is installed, in its default version", () => {
  const settings = Settings.parse({});
  const { clusterAutoscaler, gitea } = settings;
  if (!clusterAutoscaler.enabled || !gitea.enabled) throw new Error("Both are enabled by default");
  expect(listed()).toEqual({
    "argo-cd": settings.argocd.chartVersion,
    [objectsChart.chart]: objectsChart.version,
    "aws-load-balancer-controller": settings.loadBalancerControllerChartVersion,
    "cluster-autoscaler": clusterAutoscaler.chartVersion,
    gitea: gitea.chartVersion,
  });
  expect(Object.keys(listed()).toSorted()).toEqual(Object.keys(settings.chartRepositories).toSorted());
});
