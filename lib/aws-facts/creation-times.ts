/** How long AWS, or a chart's pods, take until Terraform calls a resource created. */
export interface CreationTime {
  readonly seconds: number;
  readonly source: string;
}

const provider = "https://github.com/hashicorp/terraform-provider-aws";

const logs = (count: number, spread: string) =>
  `median of ${count} logs of terraform apply in public repositories, ${spread}`;

/** Medians by resource type; where an argument decides, by type and its value. Sources were looked up in November 2026. */
const creationTimes: Readonly<Record<string, CreationTime>> = {
  aws_acm_certificate_validation: { seconds: 107, source: logs(5, "1 s to 8m52s") },
  aws_efs_file_system: { seconds: 12, source: `${provider}/pull/38017` },
  aws_efs_mount_target: {
    seconds: 90,
    source: `${provider}/pull/38017: 126 s with its deletion`,
  },
  "aws_eks_addon aws-ebs-csi-driver": { seconds: 54, source: logs(7, "45 to 65 s") },
  "aws_eks_addon aws-efs-csi-driver": { seconds: 54, source: "no log found: as aws-ebs-csi-driver" },
  "aws_eks_addon coredns": { seconds: 15, source: logs(9, "14 to 56 s, after the nodes") },
  "aws_eks_addon eks-pod-identity-agent": {
    seconds: 24,
    source: "https://github.com/Saptak-cyber/DevOps_Assignments/tree/main/final-devops-project",
  },
  "aws_eks_addon kube-proxy": { seconds: 25, source: logs(9, "4 to 45 s") },
  "aws_eks_addon vpc-cni": { seconds: 35, source: logs(6, "24 to 65 s") },
  aws_eks_cluster: {
    seconds: 612,
    source: `${logs(11, "8m23s to 11m23s")}; acceptance tests of ${provider}/pull/40371: 496 to 733 s with deletion`,
  },
  aws_eks_node_group: { seconds: 129, source: logs(11, "1m28s to 3m41s") },
  aws_instance: { seconds: 15, source: logs(3, "13 to 40 s") },
  aws_kms_key: { seconds: 28, source: logs(3, "12 to 29 s") },
  "aws_lb application": { seconds: 148, source: logs(9, "2m15s to 3m07s") },
  "aws_lb network": { seconds: 157, source: logs(3, "2m22s to 2m41s") },
  aws_nat_gateway: { seconds: 106, source: logs(8, "1m25s to 2m05s") },
  aws_rds_cluster: { seconds: 43, source: `one log; ${provider}/pull/48948: 111 to 225 s with deletion` },
  aws_rds_cluster_instance: {
    seconds: 381,
    source: "the faster of two logs of one cluster; the slower instance took 12m21s",
  },
  aws_route53_record: { seconds: 31, source: logs(3, "29 to 33 s") },
  aws_route53_zone: { seconds: 45, source: logs(3, "36 to 72 s") },
  aws_s3_bucket_lifecycle_configuration: {
    seconds: 55,
    source: "a wait of the provider until S3 answers alike for long enough, measured on an emulator",
  },
  aws_vpc: {
    seconds: 12,
    source: "https://github.com/turbot/steampipe-plugin-aws/pull/426: 10 to 18 s with DNS hostnames",
  },
  "aws_vpc_endpoint Gateway": { seconds: 6, source: "estimate: an API call and its propagation" },
  "aws_vpc_endpoint Interface": {
    seconds: 60,
    source: "estimate: network interfaces in three zones and a private DNS name",
  },
  aws_wafv2_web_acl_association: {
    seconds: 10,
    source: `${provider}/issues/29080: seconds, but up to five minutes`,
  },
  "helm_release argo-cd": { seconds: 75, source: logs(9, "18 s to 3m24s") },
  "helm_release argocd-apps": { seconds: 3, source: "one log: the chart has no pods to wait for" },
  "helm_release aws-load-balancer-controller": { seconds: 23, source: logs(3, "22 to 45 s") },
  helm_release: { seconds: 75, source: "no log found: as argo-cd" },
};

/** Everything else: roles, policies, rules, alarms and the like are one or two API calls. */
const apiCalls: CreationTime = { seconds: 2, source: "one or two API calls" };

const decisive: Readonly<Record<string, string>> = {
  aws_eks_addon: "addon_name",
  aws_lb: "load_balancer_type",
  aws_vpc_endpoint: "vpc_endpoint_type",
  helm_release: "chart",
};

/** The arguments of a resource, as Terraform JSON has them. */
type Arguments = Readonly<Record<string, unknown>>;

/** What decides how long it takes to create a resource: its type, and where an argument decides, its value. */
export function timedKind(type: string, given: Arguments): string {
  const argument = decisive[type];
  return argument === undefined ? type : `${type} ${String(given[argument])}`;
}

/** The median time to create a resource, by its type and arguments. */
export function creationTime(type: string, given: Arguments): CreationTime {
  return creationTimes[timedKind(type, given)] ?? creationTimes[type] ?? apiCalls;
}
