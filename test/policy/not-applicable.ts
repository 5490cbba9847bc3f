/** Public checks that no rule stands for, and why. */
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
      "Buckets hold state, logs and metrics of one region, of use there only; what must survive a region is copied by the backup layer",
  },
  {
    publicIds: ["CKV_AWS_143"],
    reason:
      "Object lock forbids Terraform and the observability programs to delete what they must; versions and the trail's validation protect instead",
  },
  {
    publicIds: ["AWS-0170"],
    reason: "Only the root user, signed in with its second factor, can switch MFA delete on, never Terraform",
  },
  {
    publicIds: ["SecretsManager.2", "SecretsManager.3"],
    reason: "Whether a rotation succeeded, and whether a secret is still read, is known to the account only",
  },
  {
    publicIds: ["GuardDuty.1", "GuardDuty.5", "GuardDuty.7", "GuardDuty.9", "GuardDuty.10", "GuardDuty.11"],
    reason: "An account has one detector, and the organisation usually owns it",
  },
  { publicIds: ["Config.1"], reason: "An account has one recorder, and the organisation usually owns it" },
];
