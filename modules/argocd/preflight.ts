import { awsCall, sent } from "../../lib/layer/aws-call";
import type { Environment } from "../../lib/layer/environment-schema";
import { type Check, check, type Hindrance, type Preflight, preflight } from "../../lib/layer/preflight";

type Account = Pick<Environment, "account" | "access">;

/**
 * Terraform reaches the Kubernetes API with the identity of the caller, and the cluster admits the listed roles only, not
 * even its creator: https://docs.aws.amazon.com/eks/latest/userguide/access-entries.html
 */
export function callerCheck({ account, access }: Account): Preflight {
  return preflight({
    about: "access of these credentials to the Kubernetes API",
    call: awsCall("sts", "GetCallerIdentity", {}),
    actions: ["iam:GetRole"],
    verdict: ({ Arn }) => {
      const caller = sent(Arn, "Arn");
      // Without its path: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
      const [, of, role] = /^arn:[\w-]+:sts::(\d+):assumed-role\/([^/]+)\//.exec(caller) ?? [];
      if (role === undefined || of === undefined) return notARole(caller, access.adminRoleArns);
      // Credentials of another account are reported by the check of the account.
      if (of !== account || access.adminRoleArns.some((arn) => isRole(arn, of, role))) return undefined;
      return unlisted(role);
    },
  });
}

function isRole(arn: string, account: string, name: string): boolean {
  return arn.includes(`:iam::${account}:role/`) && arn.endsWith(`/${name}`);
}

/** Asks for the ARN with the path, without which EKS would not accept it. */
function unlisted(role: string): Check {
  const command = `aws iam get-role --role-name ${role} --query Role.Arn --output text`;
  return check({
    call: awsCall("iam", "GetRole", { RoleName: role }),
    verdict: ({ Role }) => {
      const arn = sent(Role?.Arn, "Role.Arn");
      return notAdmitted(role, `Add "${arn}" to access.adminRoleArns in the environment file`);
    },
    otherwise: notAdmitted(
      role,
      `Add the ARN of this role with its path to access.adminRoleArns in the environment file; to print it, run: ${command}`,
    ),
  });
}

function notAdmitted(role: string, cure: string): Hindrance {
  return {
    reason: `the credentials are of the role "${role}", which is not in access.adminRoleArns: the Kubernetes API would answer "Unauthorized"`,
    cure,
  };
}

function notARole(caller: string, listed: readonly string[]): Hindrance {
  return {
    reason: `the credentials are of "${caller}", but the Kubernetes API admits only the roles in access.adminRoleArns`,
    cure: `Assume one of them, e.g. with AWS_PROFILE: ${listed.join(", ")}`,
  };
}
