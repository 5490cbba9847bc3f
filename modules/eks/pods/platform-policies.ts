import type { Statement } from "../../../lib/constructs/iam-policy";
import type { LayerStack } from "../../../lib/layer/stack";

/** Lets cert-manager prove that the domain is ours by records of the public zone, and of no other kind. */
export function domainProofs(stack: LayerStack, publicZoneId: string, roleArn: string): Statement[] {
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
    // The platform's issuer names the role, so cert-manager assumes it once more, from itself.
    { Effect: "Allow", Action: ["sts:AssumeRole", "sts:TagSession"], Resource: roleArn },
  ];
}

/** Lets the synchronizer put renewed certificates where the load balancers look: into the one that is there. */
export function certificateRenewal(certificateArn: string): Statement[] {
  return [
    {
      Effect: "Allow",
      Action: [
        "acm:AddTagsToCertificate",
        "acm:DescribeCertificate",
        "acm:GetCertificate",
        "acm:ImportCertificate",
        "acm:ListTagsForCertificate",
      ],
      Resource: certificateArn,
    },
    { Effect: "Allow", Action: "acm:ListCertificates", Resource: "*" },
  ];
}

/** Lets Vault unseal itself with a key. */
export function unsealing(keyArn: string): Statement[] {
  return [{ Effect: "Allow", Action: ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt"], Resource: keyArn }];
}
