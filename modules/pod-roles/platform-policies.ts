import type { Statement } from "../../lib/constructs/iam-policy";
import type { LayerStack } from "../../lib/layer/stack";

/** Allows cert-manager to solve ACME DNS-01 challenges in the public zone, and to write no other records. */
export function dnsChallenges(stack: LayerStack, publicZoneId: string, roleArn: string): Statement[] {
  const route53 = (resource: string) => stack.arn("route53", resource, { region: "", account: "" });
  const zone = route53(`hostedzone/${publicZoneId}`);
  return [
    {
      Effect: "Allow",
      Action: "route53:ChangeResourceRecordSets",
      Resource: zone,
      Condition: {
        "ForAllValues:StringEquals": { "route53:ChangeResourceRecordSetsRecordTypes": "TXT" },
        "ForAllValues:StringLike": {
          "route53:ChangeResourceRecordSetsNormalizedRecordNames": "_acme-challenge.*",
        },
      },
    },
    { Effect: "Allow", Action: "route53:ListResourceRecordSets", Resource: zone },
    { Effect: "Allow", Action: "route53:GetChange", Resource: route53("change/*") },
    { Effect: "Allow", Action: "route53:ListHostedZonesByName", Resource: "*" },
    // The platform's issuer specifies the role, so cert-manager assumes it again from its own session.
    { Effect: "Allow", Action: ["sts:AssumeRole", "sts:TagSession"], Resource: roleArn },
  ];
}

/**
 * Allows the synchronizer to find the load balancers' certificate, for which it reads the tags of every certificate, and to
 * import that of Let's Encrypt in its place. Where it finds none, it would import another one, which it may not:
 * findCertificateByName and doInititalCertUpdate in
 * https://github.com/open-edge-platform/orch-utils/blob/main/cert-synchronizer/pkg/apiserver/server.go
 */
export function certificateSynchronisation(stack: LayerStack, certificateArn: string): Statement[] {
  return [
    { Effect: "Allow", Action: "acm:ImportCertificate", Resource: certificateArn },
    {
      Effect: "Allow",
      Action: ["acm:DescribeCertificate", "acm:ListTagsForCertificate"],
      Resource: stack.arn("acm", "certificate/*"),
    },
    { Effect: "Allow", Action: "acm:ListCertificates", Resource: "*" },
  ];
}

/** Allows Vault to unseal itself with a KMS key. */
export function unsealing(keyArn: string): Statement[] {
  return [{ Effect: "Allow", Action: ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt"], Resource: keyArn }];
}
