/** API calls worth an alarm: a filter pattern of CloudWatch Logs, or the calls that make one. */
export interface WatchedCalls {
  readonly description: string;
  readonly pattern: string;
}

/** A pattern that matches any of these calls, of one service where calls of several have the same name. */
function calls(events: readonly string[], service?: string): string {
  const any = events.map((event) => `($.eventName = ${event})`).join(" || ");
  return service === undefined ? `{ ${any} }` : `{ ($.eventSource = ${service}.amazonaws.com) && (${any}) }`;
}

const changes = (of: string) => `${of} changed; the trail's log group says by whom`;

/**
 * What the CIS AWS Foundations Benchmark 1.4 watches, by name of the metric and alarm; controls CloudWatch.1 to
 * CloudWatch.14 of https://docs.aws.amazon.com/securityhub/latest/userguide/cloudwatch-controls.html
 */
export const watchedCalls: Readonly<Record<string, WatchedCalls>> = {
  "root-use": {
    description: "Somebody used the root user",
    pattern:
      '{ $.userIdentity.type = "Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType != "AwsServiceEvent" }',
  },
  "unauthorized-calls": {
    description: "API calls were refused for lack of permission",
    pattern: '{ ($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*") }',
  },
  "sign-in-without-mfa": {
    description: "Somebody signed in to the console without a second factor",
    pattern:
      '{ ($.eventName = "ConsoleLogin") && ($.additionalEventData.MFAUsed != "Yes") && ($.userIdentity.type = "IAMUser") && ($.responseElements.ConsoleLogin = "Success") }',
  },
  "failed-sign-ins": {
    description: "Signing in to the console failed",
    pattern: '{ ($.eventName = ConsoleLogin) && ($.errorMessage = "Failed authentication") }',
  },
  "iam-policies": {
    description: changes("IAM policies"),
    pattern: calls(
      [
        ...["Group", "Role", "User"].flatMap((holder) => [
          `Put${holder}Policy`,
          `Delete${holder}Policy`,
          `Attach${holder}Policy`,
          `Detach${holder}Policy`,
        ]),
        ...["CreatePolicy", "DeletePolicy", "CreatePolicyVersion", "DeletePolicyVersion"],
      ],
      "iam",
    ),
  },
  trails: {
    description: changes("CloudTrail"),
    pattern: calls(["CreateTrail", "UpdateTrail", "DeleteTrail", "StartLogging", "StopLogging"]),
  },
  "key-loss": {
    description: "A KMS key was disabled or is to be deleted; what it encrypts is lost with it",
    pattern: calls(["DisableKey", "ScheduleKeyDeletion"], "kms"),
  },
  "bucket-policies": {
    description: changes("Bucket policies"),
    pattern: calls(
      [
        "PutBucketAcl",
        ...["Policy", "Cors", "Lifecycle", "Replication"].flatMap((part) => [
          `PutBucket${part}`,
          `DeleteBucket${part}`,
        ]),
      ],
      "s3",
    ),
  },
  "config-recorder": {
    description: changes("AWS Config"),
    pattern: calls(
      [
        "StopConfigurationRecorder",
        "DeleteDeliveryChannel",
        "PutDeliveryChannel",
        "PutConfigurationRecorder",
      ],
      "config",
    ),
  },
  "security-groups": {
    description: changes("Security groups"),
    pattern: calls([
      ...["Ingress", "Egress"].flatMap((way) => [
        `AuthorizeSecurityGroup${way}`,
        `RevokeSecurityGroup${way}`,
      ]),
      ...["CreateSecurityGroup", "DeleteSecurityGroup"],
    ]),
  },
  "network-acls": {
    description: changes("Network ACLs"),
    pattern: calls([
      ...["CreateNetworkAcl", "CreateNetworkAclEntry", "DeleteNetworkAcl", "DeleteNetworkAclEntry"],
      ...["ReplaceNetworkAclEntry", "ReplaceNetworkAclAssociation"],
    ]),
  },
  gateways: {
    description: changes("Internet or customer gateways"),
    pattern: calls([
      ...["Attach", "Create", "Delete", "Detach"].map((verb) => `${verb}InternetGateway`),
      ...["CreateCustomerGateway", "DeleteCustomerGateway"],
    ]),
  },
  "route-tables": {
    description: changes("Route tables"),
    pattern: calls(
      [
        ...["CreateRoute", "CreateRouteTable", "ReplaceRoute", "ReplaceRouteTableAssociation"],
        ...["DeleteRouteTable", "DeleteRoute", "DisassociateRouteTable"],
      ],
      "ec2",
    ),
  },
  vpcs: {
    description: changes("VPCs or their peerings"),
    pattern: calls([
      ...["CreateVpc", "DeleteVpc", "ModifyVpcAttribute"],
      ...["Accept", "Create", "Delete", "Reject"].map((verb) => `${verb}VpcPeeringConnection`),
      ...["AttachClassicLinkVpc", "DetachClassicLinkVpc", "DisableVpcClassicLink", "EnableVpcClassicLink"],
    ]),
  },
};
