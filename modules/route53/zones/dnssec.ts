import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { Route53HostedZoneDnssec } from "@cdktf/provider-aws/lib/route53-hosted-zone-dnssec";
import { Route53KeySigningKey } from "@cdktf/provider-aws/lib/route53-key-signing-key";
import { administration } from "../../../lib/constructs/key-policy";
import { policyDocument, type Statement } from "../../../lib/constructs/iam-policy";
import type { LayerStack } from "../../../lib/layer/stack";
import { homeRegion } from "./home-region";

/** A signed zone, and the DS record for its parent. */
export interface Signing {
  readonly dsRecord: string;
  readonly signed: Route53HostedZoneDnssec;
}

/** Enables DNSSEC signing for a zone. */
export function sign(stack: LayerStack, zoneId: string): Signing {
  const key = new Route53KeySigningKey(stack, "key-signing-key", {
    hostedZoneId: zoneId,
    // AWS allows no dashes in this name.
    name: `${stack.environment.name.replaceAll("-", "_")}_zone`,
    keyManagementServiceArn: addSigningKey(stack),
  });
  const signed = new Route53HostedZoneDnssec(stack, "dnssec", {
    hostedZoneId: zoneId,
    // Signing requires an active key, to which this resource has no reference.
    dependsOn: [key],
  });
  return { dsRecord: key.dsRecord, signed };
}

/** https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-configuring-dnssec-cmk-requirements.html */
function addSigningKey(stack: LayerStack): string {
  return new KmsKey(stack, "dnssec-key", {
    provider: stack.awsIn(homeRegion(stack.environment.partition)),
    description: `${stack.environment.name}: signs the public DNS zone`,
    customerMasterKeySpec: "ECC_NIST_P256",
    keyUsage: "SIGN_VERIFY",
    deletionWindowInDays: 30,
    policy: policyDocument([administration(stack.environment), ...useByRoute53(stack)]),
    tags: { Name: stack.named("kmsAlias", "dnssec") },
  }).arn;
}

function useByRoute53(stack: LayerStack): readonly Statement[] {
  const allow = {
    Effect: "Allow",
    Principal: { Service: "dnssec-route53.amazonaws.com" },
    Resource: "*",
  } as const;
  const forOurZones = {
    StringEquals: { "aws:SourceAccount": stack.environment.account },
    ArnLike: { "aws:SourceArn": stack.arn("route53", "hostedzone/*", { region: "", account: "" }) },
  };
  return [
    {
      Sid: "SigningByRoute53",
      ...allow,
      Action: ["kms:DescribeKey", "kms:GetPublicKey", "kms:Sign"],
      Condition: forOurZones,
    },
    {
      Sid: "GrantsForRoute53",
      ...allow,
      Action: "kms:CreateGrant",
      Condition: { ...forOurZones, Bool: { "kms:GrantIsForAWSResource": "true" } },
    },
  ];
}
