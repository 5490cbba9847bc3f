import { AcmCertificate } from "@cdktf/provider-aws/lib/acm-certificate";
import { AcmCertificateValidation } from "@cdktf/provider-aws/lib/acm-certificate-validation";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import type { ITerraformDependable } from "cdktf";
import { orchestratorDomain } from "../../../lib/layer/domain";
import type { LayerStack } from "../../../lib/layer/stack";

/** Where ACM looks for the proof that the domain is ours. */
export interface Validation {
  readonly zoneId: string;
  /** What must exist before ACM can see the zone. */
  readonly reachableThrough: readonly ITerraformDependable[];
}

/** A certificate's ARN, as soon as it exists and once it can be used. */
export interface CertificateArns {
  readonly arn: string;
  readonly issuedArn: string;
}

/** Adds a certificate for the domain and its wildcard. */
export function addIssuedCertificate(stack: LayerStack, validation: Validation): CertificateArns {
  const domain = orchestratorDomain(stack.environment);
  const certificate = new AcmCertificate(stack, "certificate", {
    domainName: domain,
    subjectAlternativeNames: [`*.${domain}`],
    validationMethod: "DNS",
    keyAlgorithm: "RSA_2048",
    options: { certificateTransparencyLoggingPreference: "ENABLED" },
    tags: { Name: domain },
    lifecycle: { createBeforeDestroy: true },
  });
  const records = addValidationRecords(stack, certificate, validation.zoneId);
  const { certificateArn: issuedArn } = new AcmCertificateValidation(stack, "certificate-validation", {
    certificateArn: certificate.arn,
    dependsOn: [records, ...validation.reachableThrough],
  });
  return { arn: certificate.arn, issuedArn };
}

/**
 * One record for every name. ACM asks for the same record for a domain and its wildcard, so names are grouped by what
 * follows the wildcard; as keys they are known before ACM has answered, which the records' own names are not.
 */
function addValidationRecords(stack: LayerStack, certificate: AcmCertificate, zoneId: string): Route53Record {
  const record = new Route53Record(stack, "validation", {
    zoneId,
    name: "${each.value[0].resource_record_name}",
    type: "${each.value[0].resource_record_type}",
    records: ["${each.value[0].resource_record_value}"],
    ttl: 300,
    // A record of an earlier certificate for the same names is the same record.
    allowOverwrite: true,
  });
  // cdktf's iterators turn the set into a list, which Terraform cannot do before it knows the set:
  // https://github.com/hashicorp/terraform-cdk/issues/3713
  const options = `${certificate.terraformResourceType}.${certificate.friendlyUniqueId}.domain_validation_options`;
  record.addOverride(
    "for_each",
    `\${{ for option in ${options} : trimprefix(option.domain_name, "*.") => option... }}`,
  );
  return record;
}
