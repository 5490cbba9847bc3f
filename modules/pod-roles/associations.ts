import { EksPodIdentityAssociation } from "@cdktf/provider-aws/lib/eks-pod-identity-association";
import type { Role } from "../../lib/constructs/role";
import type { LayerStack } from "../../lib/layer/stack";
import { type ByProgram, serviceAccountsOf } from "./programs";
import { mapPrograms } from "./roles";

/** Adds the Pod Identity associations of the programs' service accounts, which charts create later. */
export function associatePrograms(stack: LayerStack, clusterName: string, roles: ByProgram<Role>): void {
  mapPrograms(roles, ({ arn: roleArn }, program) => {
    const accounts = serviceAccountsOf(program);
    for (const { namespace, name: serviceAccount } of accounts) {
      const id = accounts.length === 1 ? program : `${program}-${namespace}-${serviceAccount}`;
      const account = { namespace, serviceAccount };
      new EksPodIdentityAssociation(stack, `${id}-identity`, { clusterName, ...account, roleArn });
    }
  });
}
