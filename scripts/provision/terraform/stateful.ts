import type { Change } from "../run/plan";

/** Types whose objects hold what cannot be created again, and what that is. */
const contents: Readonly<Record<string, string>> = {
  aws_backup_vault: "recovery points",
  aws_cloudwatch_log_group: "log events",
  aws_db_cluster_snapshot: "data",
  aws_db_instance: "data",
  aws_db_snapshot: "data",
  aws_ecr_repository: "images",
  aws_efs_file_system: "files",
  aws_eks_cluster: "Kubernetes objects",
  // With every object in it, also claims of persistent volumes.
  kubernetes_namespace_v1: "Kubernetes objects",
  aws_kms_key: "key material, which everything that it encrypts needs,",
  aws_rds_cluster: "data",
  aws_rds_cluster_instance: "data",
  aws_rds_global_cluster: "data",
  aws_route53_zone: "records",
  aws_s3_bucket: "objects",
  aws_secretsmanager_secret: "value",
};

/** What objects of this type hold that cannot be created again; undefined if nothing. */
export function contentsOf(type: string): string | undefined {
  return contents[type];
}

/** Whether objects of this type hold what cannot be created again: data, a cluster, a zone, a key. */
export function isStateful(type: string): boolean {
  return contentsOf(type) !== undefined;
}

/** The changes that would delete or replace such an object. */
export function losses(changes: readonly Change[]): readonly Change[] {
  return changes.filter(
    ({ type, action }) => isStateful(type) && (action === "delete" || action === "replace"),
  );
}
