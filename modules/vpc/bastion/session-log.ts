import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { SsmDocument } from "@cdktf/provider-aws/lib/ssm-document";
import { policyDocument } from "../../../lib/constructs/iam-policy";
import type { LayerStack } from "../../../lib/layer/stack";

interface SessionLog {
  /** Name of the role that the machine has. */
  readonly role: string;
  readonly logKeyArn: string;
  /** Encrypts the session itself; the machine and the operator call KMS themselves. */
  readonly sessionKeyArn: string;
  readonly retentionInDays: number;
}

/**
 * Adds what makes a session be recorded and encrypted: a document that sessions are started with; returns its name.
 * Not SSM-SessionManagerRunShell, the document of sessions that name none: an account has one, whoever else uses it.
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
      // The agent looks the group up by listing; IAM cannot limit a list to one.
      { Effect: "Allow", Action: "logs:DescribeLogGroups", Resource: stack.arn("logs", "log-group:*") },
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
