import type { LayerStack } from "../../../lib/layer/stack";

/** The programs that always act on AWS: those that run the cluster first, then those of the platform. */
export const programs = [
  "vpc-cni",
  "aws-ebs-csi-driver",
  "aws-efs-csi-driver",
  "aws-load-balancer-controller",
  "cluster-autoscaler",
  "cert-manager",
  "cert-synchronizer",
  "vault",
  "observability",
  "observability-read",
] as const;

/** One of the programs; Tempo is there only when traces are kept. */
export type Program = (typeof programs)[number] | "tempo";

/** Something of every program, and of Tempo when it is there. */
export type ByProgram<Value> = Readonly<Record<(typeof programs)[number], Value>> & {
  readonly tempo?: Value;
};

interface ServiceAccount {
  readonly namespace: string;
  readonly name: string;
}

const of = (namespace: string, ...names: readonly string[]): readonly ServiceAccount[] =>
  names.map((name) => ({ namespace, name }));

/** The Kubernetes service accounts that each program runs as; the charts decide on them. */
const serviceAccounts: Readonly<Record<Program, readonly ServiceAccount[]>> = {
  "vpc-cni": of("kube-system", "aws-node"),
  "aws-ebs-csi-driver": of("kube-system", "ebs-csi-controller-sa"),
  "aws-efs-csi-driver": of("kube-system", "efs-csi-controller-sa"),
  "aws-load-balancer-controller": of("kube-system", "aws-load-balancer-controller"),
  "cluster-autoscaler": of("kube-system", "cluster-autoscaler"),
  "cert-manager": of("cert-manager", "cert-manager"),
  "cert-synchronizer": of("orch-gateway", "sa-cert-rewriter"),
  vault: of("orch-platform", "vault", "vault-service-account"),
  observability: ["orch-platform", "orch-infra"].flatMap((namespace) =>
    of(namespace, "aws-s3-sa-loki", "aws-s3-sa-mimir"),
  ),
  "observability-read": ["orch-platform", "orch-infra"].flatMap((namespace) =>
    of(namespace, "aws-s3-sa-loki-read", "aws-s3-sa-mimir-read"),
  ),
  // Named by Tempo's own chart, because the platform names none; it reads and writes as one.
  tempo: of("orch-platform", "orchestrator-observability-tempo"),
};

/** The Kubernetes service accounts that a program runs as. */
export function serviceAccountsOf(program: Program): readonly ServiceAccount[] {
  return serviceAccounts[program];
}

/** The name of a program's role; the platform's charts know some by patterns of their own. */
export function roleName(stack: LayerStack, program: Program): string {
  const { name } = stack.environment;
  switch (program) {
    case "cluster-autoscaler":
      return `CASControllerRole-${name}`;
    case "cert-manager":
      return `certmgr-${name}`;
    case "vault":
      return stack.named("iamRole", "vault-kms-role");
    case "observability":
      return stack.named("iamRole", "s3-role");
    case "observability-read":
      return stack.named("iamRole", "s3-read-role");
    default:
      return stack.named("iamRole", program);
  }
}
