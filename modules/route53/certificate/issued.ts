import { AcmCertificate } from "@cdktf/provider-aws/lib/acm-certificate";
import { AcmCertificateValidation } from "@cdktf/provider-aws/lib/acm-certificate-validation";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import type { ITerraformDependable } from "cdktf";
import { orchestratorDomain } from "../../../lib/layer/domain";
import type { LayerStack } from "../../../lib/layer/stack";

/** The zone for DNS validation by ACM. */
export interface Validation {
  readonly zoneId: string;
  /** Resources that must exist before ACM can resolve the zone. */
  readonly reachableThrough: readonly ITerraformDependable[];
}

/** The ARN of a certificate, known at creation, and the same ARN, known after issuance. */
export interface CertificateArns {
  readonly arn: string;
  readonly issuedArn: string;
}

/** Adds a certificate for the domain and its wildcard, with DNS validation. */
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
 * One validation record per name. A domain and its wildcard have the same record, so names are grouped without the
 * wildcard; unlike the names of the records, these keys are known before ACM has created the certificate.
 */
function addValidationRecords(stack: LayerStack, certificate: AcmCertificate, zoneId: string): Route53Record {
  const record = new Route53Record(stack, "validation", {
    zoneId,
    name: "${each.value[0].resource_record_name}",
    type: "${each.value[0].resource_record_type}",
    records: ["${each.value[0].resource_record_value}"],
    ttl: 300,
    // An earlier certificate for the same names has the same record.
    allowOverwrite: true,
  });
  // cdktf's iterators convert the set to a list, which Terraform cannot do before the set is known:
  // https://github.com/hashicorp/terraform-cdk/issues/3713
  const options = `${certificate.terraformResourceType}.${certificate.friendlyUniqueId}.domain_validation_options`;
  record.addOverride(
    "for_each",
    `\${{ for option in ${options} : trimprefix(option.domain_name, "*.") => option... }}`,
  );
  return record;
}
