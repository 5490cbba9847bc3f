import type { Change } from "../run/plan";

const types = new Set([
  "aws_eks_cluster",
  "aws_efs_file_system",
  "aws_route53_zone",
  "aws_kms_key",
  "aws_s3_bucket",
  "aws_rds_cluster",
  "aws_rds_cluster_instance",
  "aws_rds_global_cluster",
  "aws_db_instance",
  "aws_db_snapshot",
  "aws_db_cluster_snapshot",
]);

/** Whether objects of this type contain what cannot be recreated: data, a cluster, a zone, a key. */
export function isStateful(type: string): boolean {
  return types.has(type);
}

/** The changes that would delete or replace such an object. */
export function losses(changes: readonly Change[]): readonly Change[] {
  return changes.filter(
    ({ type, action }) => isStateful(type) && (action === "delete" || action === "replace"),
  );
}
