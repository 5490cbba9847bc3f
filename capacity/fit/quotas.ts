import type { Quota } from "../../lib/layer/quotas";

/** @param key service code and quota code, as the CLI takes them */
const quota = (key: string, name: string, value: number): Quota => {
  const [service = "", code = ""] = key.split(" ");
  const scope = ["s3", "iam", "route53"].includes(service) ? "account" : "region";
  return { service, code, name, default: value, scope };
};

/**
 * Quota codes with the defaults of AWS. Sources: AWS General Reference, "Service endpoints and quotas" of each service,
 * and `aws service-quotas list-aws-default-service-quotas`; looked up on 2026-11-22. Mind that L-78E853F4, which other
 * tools check for databases, is "Reserved DB instances".
 */
export const quotas = {
  elasticIps: quota("ec2 L-0263D0A3", "EC2-VPC Elastic IPs", 5),
  vpcs: quota("vpc L-F678F1CE", "VPCs per Region", 5),
  rangesPerVpc: quota("vpc L-83CA0A9D", "IPv4 CIDR blocks per VPC", 5),
  rulesPerNetworkAcl: quota("vpc L-2AEEBF1A", "Rules per network ACL", 20),
  internetGateways: quota("vpc L-A4707A72", "Internet gateways per Region", 5),
  natGatewaysPerZone: quota("vpc L-FE5A380F", "NAT gateways per Availability Zone", 5),
  interfaceEndpoints: quota("vpc L-29B6F2EB", "Interface VPC endpoints per VPC", 50),
  securityGroups: quota("vpc L-E79EC296", "VPC security groups per Region", 2500),
  rulesPerSecurityGroup: quota("vpc L-0EA8095F", "Inbound or outbound rules per security group", 60),
  securityGroupsPerInterface: quota("vpc L-2AFB9258", "Security groups per network interface", 5),
  networkLoadBalancers: quota("elasticloadbalancing L-69A177A2", "Network Load Balancers per Region", 50),
  applicationLoadBalancers: quota(
    "elasticloadbalancing L-53DA6B97",
    "Application Load Balancers per Region",
    50,
  ),
  targetGroups: quota("elasticloadbalancing L-B22855CB", "Target Groups per Region", 3000),
  databaseInstances: quota("rds L-7B6409FD", "DB instances", 40),
  databaseClusters: quota("rds L-952B80B8", "DB clusters", 40),
  concurrentExecutions: quota("lambda L-B99A9384", "Concurrent executions", 1000),
  clusters: quota("eks L-1194D53C", "Clusters", 100),
  nodeGroups: quota("eks L-6D54EA21", "Managed node groups per cluster", 30),
  fileSystems: quota("elasticfilesystem L-848C634D", "File systems per account", 1000),
  volumeStorage: quota("ebs L-7A658B76", "Storage for General Purpose SSD (gp3) volumes, in TiB", 50),
  buckets: quota("s3 L-DC2B2D3D", "General purpose buckets", 10_000),
  roles: quota("iam L-FE177D64", "Roles per account", 1000),
  hostedZones: quota("route53 L-4EA4796A", "Hosted zones", 500),
  // https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutResourcePolicy.html
  logResourcePolicies: {
    ...quota("logs", "CloudWatch Logs resource policies per Region", 10),
    list: "logs describe-resource-policies",
  },
} as const;

const vcpus = (code: string, families: string, value: number) =>
  quota(`ec2 ${code}`, `Running On-Demand ${families} instances, in vCPUs`, value);

const standardVcpus = vcpus("L-1216C47A", "Standard (A, C, D, H, I, M, R, T, Z)", 5);

/** Quotas of virtual CPUs by the letters a family begins with; every other family is a standard one. */
const vcpusByFamily: readonly (readonly [beginning: RegExp, quota: Quota])[] = [
  [/^(g|vt)\d/, vcpus("L-DB2E81BA", "G and VT", 0)],
  [/^p\d/, vcpus("L-417A185B", "P", 0)],
  [/^f\d/, vcpus("L-74FC7D96", "F", 0)],
  [/^inf/, vcpus("L-1945791B", "Inf", 0)],
  [/^trn/, vcpus("L-2C3B7624", "Trn", 0)],
  [/^dl/, vcpus("L-6E869C2A", "DL", 0)],
  [/^hpc/, vcpus("L-F7808C92", "HPC", 0)],
  [/^x\d/, vcpus("L-7295265B", "X", 0)],
  [/^u/, vcpus("L-43DA4232", "High Memory", 0)],
];

/** The quota that the virtual CPUs of an instance family count against. */
export function vcpuQuota(family: string): Quota {
  return vcpusByFamily.find(([beginning]) => beginning.test(family))?.[1] ?? standardVcpus;
}
