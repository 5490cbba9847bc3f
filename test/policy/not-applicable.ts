/** Public checks that no rule covers, and why. */
export const notApplicable: readonly { readonly publicIds: readonly string[]; readonly reason: string }[] = [
  {
    publicIds: ["EC2.172"],
    reason: "VPC Block Public Access would cut off the internet-facing load balancers",
  },
  {
    publicIds: ["CKV_AWS_326", "RDS.14"],
    reason: "Backtrack exists for Aurora MySQL only; Aurora PostgreSQL is restored to a point in time",
  },
  {
    publicIds: ["CKV_AWS_144"],
    reason:
      "Buckets contain state, logs and metrics of one region, which are used there only; the backup layer copies what must survive the loss of a region",
  },
  {
    publicIds: ["CKV_AWS_143"],
    reason:
      "Object lock prevents Terraform and the observability programs from deleting objects that they must delete; versions and the trail's validation protect instead",
  },
  {
    publicIds: ["AWS-0170"],
    reason: "Only the root user, signed in with MFA, can enable MFA delete; Terraform cannot",
  },
  {
    publicIds: ["SecretsManager.2", "SecretsManager.3"],
    reason:
      "Whether a rotation succeeded, and whether a secret is still read, is visible in the account only",
  },
  {
    publicIds: ["GuardDuty.1", "GuardDuty.5", "GuardDuty.7", "GuardDuty.9", "GuardDuty.10", "GuardDuty.11"],
    reason: "An account has one detector, and the organisation usually owns it",
  },
  {
    publicIds: ["EFS.7"],
    reason:
      "The backup layer backs every file system up; automatic backups would be billed in addition, and would remain when the environment has been destroyed",
  },
  {
    publicIds: ["CKV_AWS_325"],
    reason:
      "Only MySQL exports an audit log of its own; Aurora PostgreSQL writes its audit to the exported log",
  },
  {
    publicIds: ["CKV2_AWS_30", "CKV2_AWS_69", "AWS-0177"],
    reason: "It judges aws_db_instance; the rules about aws_rds_cluster hold the same for Aurora",
  },
  {
    publicIds: ["CKV2_AWS_9"],
    reason:
      "No layer creates an EBS volume; those of pods belong to Kubernetes, and applications back them up",
  },
  {
    publicIds: ["CKV2_AWS_15"],
    reason:
      "It judges aws_autoscaling_group; EKS creates the groups of nodes, and checks their health itself",
  },
  {
    publicIds: ["CKV2_AWS_44"],
    reason: "It judges routes through VPC peering connections, which no layer creates",
  },
  {
    publicIds: ["CKV_AWS_393"],
    reason: "It judges roles that trust GitHub's identity provider, which no layer creates",
  },
  { publicIds: ["Config.1"], reason: "An account has one recorder, and the organisation usually owns it" },
];
