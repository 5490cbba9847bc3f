import type { LayerStack } from "../../lib/layer/stack";

/** One graph of the dashboard; each metric is in the form of CloudWatch's dashboard body. */
export interface Graph {
  readonly title: string;
  readonly statistic: "Average" | "Maximum" | "Minimum" | "Sum";
  readonly metrics: readonly (readonly (string | Readonly<Record<string, string>>)[])[];
}

/** The graphs of an environment. */
export function graphs(stack: LayerStack): readonly Graph[] {
  return [...ofTraffic(stack.environment.name), ...ofCluster(stack.environment.name), ...ofData(stack)];
}

function ofTraffic(name: string): readonly Graph[] {
  return [
    {
      title: "Requests to the load balancers",
      statistic: "Sum",
      metrics: [ofLoadBalancers(name, "RequestCount")],
    },
    {
      title: "Errors of load balancers and of what is behind them",
      statistic: "Sum",
      metrics: ["HTTPCode_ELB_5XX_Count", "HTTPCode_Target_5XX_Count"].map((metric) =>
        ofLoadBalancers(name, metric),
      ),
    },
    {
      title: "Requests that the firewall blocked",
      statistic: "Sum",
      metrics: [search(`{AWS/WAFV2,Region,Rule,WebACL} MetricName="BlockedRequests" ${words(name)}`, "Sum")],
    },
    {
      title: "Connections that the region's NAT gateways had no port for",
      statistic: "Sum",
      metrics: [search('{AWS/NATGateway,NatGatewayId} MetricName="ErrorPortAllocation"', "Sum")],
    },
  ];
}

function ofCluster(name: string): readonly Graph[] {
  const metric = (metric: string) => ["AWS/EKS", metric, "ClusterName", name];
  return [
    {
      title: "Pods that find no node",
      statistic: "Maximum",
      metrics: [metric("scheduler_pending_pods_UNSCHEDULABLE")],
    },
    {
      title: "Errors of the Kubernetes API",
      statistic: "Sum",
      metrics: [metric("apiserver_request_total_5XX")],
    },
  ];
}

function ofData(stack: LayerStack): readonly Graph[] {
  const database = ["DBClusterIdentifier", stack.named("rdsIdentifier", "aurora-postgresql")];
  const vault = ["BackupVaultName", stack.named("backupVault", "backup")];
  return [
    {
      title: "Database capacity used (%)",
      statistic: "Maximum",
      metrics: [["AWS/RDS", "ACUUtilization", ...database]],
    },
    {
      title: "Database connections",
      statistic: "Maximum",
      metrics: [["AWS/RDS", "DatabaseConnections", ...database]],
    },
    {
      title: "Throughput of the region's file systems (% of the limit)",
      statistic: "Maximum",
      metrics: [search('{AWS/EFS,FileSystemId} MetricName="PercentIOLimit"', "Maximum")],
    },
    {
      title: "Backups done and failed",
      statistic: "Sum",
      metrics: ["NumberOfBackupJobsCompleted", "NumberOfBackupJobsFailed"].map((metric) => [
        "AWS/Backup",
        metric,
        ...vault,
      ]),
    },
  ];
}

function ofLoadBalancers(environment: string, metric: string) {
  return search(`{AWS/ApplicationELB,LoadBalancer} MetricName="${metric}" ${words(environment)}`, "Sum");
}

/** Finds metrics whose dimensions AWS makes up, such as the ID at the end of a load balancer's. */
function search(expression: string, statistic: Graph["statistic"]) {
  return [{ expression: `SEARCH('${expression}', '${statistic}', 300)` }] as const;
}

/** A search matches whole words, and takes a dash for "not". */
function words(name: string): string {
  return name.replaceAll("-", " ");
}
