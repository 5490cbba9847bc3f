/** API calls with an alarm: description and CloudWatch Logs filter pattern. */
export interface WatchedCalls {
  readonly description: string;
  readonly pattern: string;
}

/** A pattern that matches any of these calls; `service` distinguishes calls with the same name. */
function calls(events: readonly string[], service?: string): string {
  const any = events.map((event) => `($.eventName = ${event})`).join(" || ");
  return service === undefined ? `{ ${any} }` : `{ ($.eventSource = ${service}.amazonaws.com) && (${any}) }`;
}

const changes = (of: string) => `${of} changed; see the trail's log group for the principal`;

/**
 * API calls of the CIS AWS Foundations Benchmark 1.4, by name of the metric and alarm; controls CloudWatch.1 to
 * CloudWatch.14 of https://docs.aws.amazon.com/securityhub/latest/userguide/cloudwatch-controls.html, and the benchmark's
 * recommendation 4.15, changes of https://docs.aws.amazon.com/organizations/latest/APIReference/API_Operations.html
 */
export const watchedCalls: Readonly<Record<string, WatchedCalls>> = {
  "root-use": {
    description: "The root user was used",
    pattern:
      '{ $.userIdentity.type = "Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType != "AwsServiceEvent" }',
  },
  "unauthorized-calls": {
    description: "Unauthorized API calls",
    pattern: '{ ($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*") }',
  },
  "sign-in-without-mfa": {
    description: "Console sign-in without MFA",
    pattern:
      '{ ($.eventName = "ConsoleLogin") && ($.additionalEventData.MFAUsed != "Yes") && ($.userIdentity.type = "IAMUser") && ($.responseElements.ConsoleLogin = "Success") }',
  },
  "failed-sign-ins": {
    description: "Console sign-in failed",
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
  organization: {
    description: changes("The organisation"),
    pattern: calls(
      [
        ...["AcceptHandshake", "DeclineHandshake", "InviteAccountToOrganization", "CreateAccount"],
        ...["MoveAccount", "RemoveAccountFromOrganization", "LeaveOrganization", "DeleteOrganization"],
        ...["Create", "Delete", "Update"].map((verb) => `${verb}OrganizationalUnit`),
        ...["Attach", "Create", "Delete", "Detach", "Update"].map((verb) => `${verb}Policy`),
        ...["EnablePolicyType", "DisablePolicyType"],
      ],
      "organizations",
    ),
  },
  "key-loss": {
    description: "A KMS key was disabled or scheduled for deletion; data encrypted with it will be lost",
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
    description: changes("VPCs or VPC peering connections"),
    pattern: calls([
      ...["CreateVpc", "DeleteVpc", "ModifyVpcAttribute"],
      ...["Accept", "Create", "Delete", "Reject"].map((verb) => `${verb}VpcPeeringConnection`),
      ...["AttachClassicLinkVpc", "DetachClassicLinkVpc", "DisableVpcClassicLink", "EnableVpcClassicLink"],
    ]),
  },
};
