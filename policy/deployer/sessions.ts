import type { AccountContext } from "./account";
import { allow, type Allowance } from "./statements";

/** Sessions through the environment's own bastion that forward a port, and the end of one's own. */
export function sessionAllowances({
  name,
  partition,
  region,
  account,
}: AccountContext): readonly Allowance[] {
  const ssm = `arn:${partition}:ssm:${region}`;
  return [
    allow(["ssm:StartSession"], [`arn:${partition}:ec2:${region}:${account}:instance/*`], {
      StringEquals: { "ssm:resourceTag/environment": name },
    }),
    allow(["ssm:StartSession"], [`${ssm}::document/AWS-StartPortForwardingSessionToRemoteHost`]),
    allow(["ssm:ResumeSession", "ssm:TerminateSession"], [`${ssm}:${account}:session/\${aws:userid}-*`]),
  ];
}
