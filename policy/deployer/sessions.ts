import type { ArnSource } from "./account";
import { allow, type Allowance } from "./statements";

/** Without a document in the request, a session is a shell, whether the caller may use the document for shells or not. */
const documentAllowed = { BoolIfExists: { "ssm:SessionDocumentAccessCheck": "true" } };

/**
 * Sessions through the environment's own bastion that forward a port, and the end of one's own:
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/getting-started-sessiondocumentaccesscheck.html
 */
export function sessionAllowances({ synthesised, context }: ArnSource): readonly Allowance[] {
  const { name, partition, region, account, tagKeys } = context;
  const ssm = `arn:${partition}:ssm:${region}`;
  // Nodes carry the environment's tag, too.
  const layers = [...new Set(synthesised.of("aws_instance").map(({ layer }) => layer))].sort();
  if (layers.length === 0) return [];
  return [
    allow(["ssm:StartSession"], [`arn:${partition}:ec2:${region}:${account}:instance/*`], {
      ...documentAllowed,
      StringEquals: {
        [`ssm:resourceTag/${tagKeys.environment}`]: name,
        [`ssm:resourceTag/${tagKeys.layer}`]: layers,
      },
    }),
    allow(
      ["ssm:StartSession"],
      [`${ssm}::document/AWS-StartPortForwardingSessionToRemoteHost`],
      documentAllowed,
    ),
    allow(["ssm:ResumeSession", "ssm:TerminateSession"], [`${ssm}:${account}:session/\${aws:userid}-*`]),
  ];
}
