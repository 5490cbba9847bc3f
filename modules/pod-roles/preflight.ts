import { awsCall } from "../../lib/layer/aws-call";
import type { Environment } from "../../lib/layer/environment-schema";
import { physicalName } from "../../lib/layer/names";
import { type Preflight, preflight } from "../../lib/layer/preflight";

/**
 * The platform's charts fix the names of some roles, so that a cluster of the previous deployer with the same name has them
 * already; one of them stands for all, because it creates them together.
 */
export function platformRolesCheck({ name }: Environment): Preflight {
  const role = physicalName(name, "iamRole", "s3-role");
  return preflight({
    about: "roles of another cluster of this name",
    call: awsCall("iam", "GetRole", { RoleName: role }),
    actions: ["iam:GetRole"],
    verdict: ({ Role }) => {
      // Whatever their keys: those of tagKeys may just have been changed.
      const values = Role?.Tags?.map(({ Value }) => Value) ?? [];
      if (values.includes(name) && values.includes("pod-roles")) return undefined;
      return {
        reason: `the account already has a role "${role}" that this environment did not create, and the platform's charts fix this name`,
        cure: `Choose another "name" in the environment file, or delete the other cluster with its roles`,
      };
    },
    verdictOnRefusal: ({ code }) => (code === "NoSuchEntityException" ? "passed" : undefined),
  });
}
