import { CloudwatchDashboard } from "@cdktf/provider-aws/lib/cloudwatch-dashboard";
import type { LayerStack } from "../../lib/layer/stack";
import { type Graph, graphs } from "./graphs";

const width = 12;
const height = 6;

/** Adds a dashboard of resources of later layers, found by their names. */
export function addDashboard(stack: LayerStack): void {
  const { region } = stack.environment;
  const widgets = graphs(stack).map((graph, index) => ({
    type: "metric",
    x: (index % 2) * width,
    y: Math.floor(index / 2) * height,
    width,
    height,
    properties: { ...properties(graph), region },
  }));
  new CloudwatchDashboard(stack, "dashboard", {
    dashboardName: stack.named("dashboard", "overview"),
    dashboardBody: JSON.stringify({ widgets }),
  });
}

function properties({ title, statistic, metrics }: Graph) {
  return { title, view: "timeSeries", stacked: false, stat: statistic, period: 300, metrics };
}
