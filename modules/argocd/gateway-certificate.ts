import type { ITerraformDependable } from "cdktf";
import type { LayerStack } from "../../lib/layer/stack";
import { addClusterSecret, type SecretValue } from "./cluster-secret";
import { readSecret } from "./secret-source";

/** What a certificate's secret holds. */
interface GatewayCertificate {
  /** From the certificate to the root. */
  readonly chain: SecretValue;
  readonly privateKey: SecretValue;
}

/** Reads the load balancers' certificate. */
export function readCertificate(stack: LayerStack, secretArn: string): GatewayCertificate {
  const source = readSecret(stack, "certificate", secretArn);
  // Whether or not the texts end with a line break; a blank line between certificates is none of them.
  const chain = [source.at("certificate"), "\n", source.at("chain")];
  return { chain, privateKey: source.at("privateKey") };
}

/**
 * Adds the certificate of the platform's gateway, which is also the chain that its programs trust: the same as at the load
 * balancers. The platform adds it itself with a certificate of Let's Encrypt.
 */
export function addGatewayCertificate(
  stack: LayerStack,
  { chain, privateKey }: GatewayCertificate,
  after: readonly ITerraformDependable[],
): ITerraformDependable {
  return addClusterSecret(
    stack,
    {
      namespace: "orch-gateway",
      name: "tls-orch",
      type: "kubernetes.io/tls",
      data: { "tls.crt": chain, "tls.key": privateKey },
    },
    after,
  );
}
