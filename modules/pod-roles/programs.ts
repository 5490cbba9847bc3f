import type { ServiceAccount } from "../../lib/constructs/pod-trust";
import type { LayerStack } from "../../lib/layer/stack";

/** The programs that charts install and that always use AWS APIs: those of the cluster first, then those of the platform. */
export const programs = [
  "aws-load-balancer-controller",
  "cluster-autoscaler",
  "cert-manager",
  "cert-synchronizer",
  "vault",
  "observability",
  "observability-read",
] as const;

/** One of the programs; Tempo exists only if tracing is enabled. */
export type Program = (typeof programs)[number] | "tempo";

/** A value per program, and for Tempo if tracing is enabled. */
export type ByProgram<Value> = Readonly<Record<(typeof programs)[number], Value>> & {
  readonly tempo?: Value;
};

const of = (namespace: string, ...names: readonly string[]): readonly ServiceAccount[] =>
  names.map((name) => ({ namespace, name }));

/** The Kubernetes service accounts that each program runs as, defined by the charts. */
const serviceAccounts: Readonly<Record<Program, readonly ServiceAccount[]>> = {
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
  // The name in Tempo's own chart, because the platform sets none; it reads and writes with the same account.
  tempo: of("orch-platform", "orchestrator-observability-tempo"),
};

/** The Kubernetes service accounts that a program runs as. */
export function serviceAccountsOf(program: Program): readonly ServiceAccount[] {
  return serviceAccounts[program];
}

/** The name of a program's role; the platform's charts expect some in their own patterns. */
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
