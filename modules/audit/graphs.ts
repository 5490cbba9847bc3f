import type { LayerStack } from "../../lib/layer/stack";

/** One graph of the dashboard, with metrics in the format of a CloudWatch dashboard body. */
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
      title: "5xx errors of load balancers and targets",
      statistic: "Sum",
      metrics: ["HTTPCode_ELB_5XX_Count", "HTTPCode_Target_5XX_Count"].map((metric) =>
        ofLoadBalancers(name, metric),
      ),
    },
    {
      title: "Requests blocked by AWS WAF",
      statistic: "Sum",
      metrics: [
        search(`{AWS/WAFV2,Region,Rule,WebACL} MetricName="BlockedRequests" ${searchTerms(name)}`, "Sum"),
      ],
    },
    {
      title: "NAT gateway port allocation errors in the region",
      statistic: "Sum",
      metrics: [search('{AWS/NATGateway,NatGatewayId} MetricName="ErrorPortAllocation"', "Sum")],
    },
  ];
}

function ofCluster(name: string): readonly Graph[] {
  const metric = (metric: string) => ["AWS/EKS", metric, "ClusterName", name];
  return [
    {
      title: "Unschedulable pods",
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
      title: "I/O of the region's file systems (% of the limit)",
      statistic: "Maximum",
      metrics: [search('{AWS/EFS,FileSystemId} MetricName="PercentIOLimit"', "Maximum")],
    },
    {
      title: "Backup jobs completed and failed",
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
  return search(
    `{AWS/ApplicationELB,LoadBalancer} MetricName="${metric}" ${searchTerms(environment)}`,
    "Sum",
  );
}

/** A search for metrics whose dimensions contain generated IDs, such as those of load balancers. */
function search(expression: string, statistic: Graph["statistic"]) {
  return [{ expression: `SEARCH('${expression}', '${statistic}', 300)` }] as const;
}

/** A search matches whole terms, and interprets a dash as NOT. */
function searchTerms(name: string): string {
  return name.replaceAll("-", " ");
}
