import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { SsmDocument } from "@cdktf/provider-aws/lib/ssm-document";
import { policyDocument } from "../../../lib/constructs/iam-policy";
import type { LayerStack } from "../../../lib/layer/stack";

interface SessionLog {
  /** Name of the instance's role. */
  readonly role: string;
  readonly logKeyArn: string;
  /** Encrypts the session itself; the instance and the operator both call KMS. */
  readonly sessionKeyArn: string;
  readonly retentionInDays: number;
}

/**
 * Adds the session document that logs and encrypts the sessions started with it; returns its name.
 * It does not change SSM-SessionManagerRunShell, the default document, which is shared by the whole account.
 */
export function addSessionLog(stack: LayerStack, log: SessionLog): string {
  const group = new CloudwatchLogGroup(stack, "session-log-group", {
    name: stack.named("logGroup", "session"),
    kmsKeyId: log.logKeyArn,
    retentionInDays: log.retentionInDays,
  });
  new IamRolePolicy(stack, "bastion-session-policy", {
    name: "record-sessions",
    role: log.role,
    policy: policyDocument([
      {
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
        Resource: [group.arn, `${group.arn}:*`],
      },
      // The agent finds the group by listing; IAM cannot restrict listing to one group.
      { Effect: "Allow", Action: "logs:DescribeLogGroups", Resource: "*" },
      { Effect: "Allow", Action: "kms:Decrypt", Resource: log.sessionKeyArn },
    ]),
  });
  return new SsmDocument(stack, "session-document", {
    name: stack.named("ssmDocument", "session"),
    documentType: "Session",
    documentFormat: "JSON",
    content: sessionPreferences(group.name, log.sessionKeyArn),
  }).name;
}

/** https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager-schema.html */
function sessionPreferences(logGroup: string, keyArn: string): string {
  return JSON.stringify({
    schemaVersion: "1.0",
    description: "A recorded, encrypted session on the bastion",
    sessionType: "Standard_Stream",
    inputs: {
      cloudWatchLogGroupName: logGroup,
      cloudWatchEncryptionEnabled: true,
      cloudWatchStreamingEnabled: true,
      kmsKeyId: keyArn,
      idleSessionTimeout: "20",
      maxSessionDuration: "720",
      runAsEnabled: false,
      s3BucketName: "",
      s3KeyPrefix: "",
      s3EncryptionEnabled: true,
    },
  });
}
