import { AcmCertificate } from "@cdktf/provider-aws/lib/acm-certificate";
import { AcmCertificateValidation } from "@cdktf/provider-aws/lib/acm-certificate-validation";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { addExpiryAlarm } from "../../../lib/constructs/expiry-alarm";
import { orchestratorDomain } from "../../../lib/layer/domain";
import type { LayerStack } from "../../../lib/layer/stack";
import type { Hosts } from "../hosts";

/**
 * Adds a certificate that ACM issues and renews, validated in the public zone; returns its ARN, which is known once it is
 * issued. The zone is delegated by then: a resolver that finds no delegation remembers that for 15 minutes.
 */
export function addIssuedCertificate(
  stack: LayerStack,
  given: { readonly hosts: Hosts; readonly publicZoneId: string; readonly topicArn: string },
): string {
  const { hosts, publicZoneId, topicArn } = given;
  const certificate = new AcmCertificate(stack, "certificate", {
    domainName: hosts.files,
    subjectAlternativeNames: [hosts.registry],
    validationMethod: "DNS",
    keyAlgorithm: "RSA_2048",
    options: { certificateTransparencyLoggingPreference: "ENABLED" },
    tags: { Name: hosts.files },
    lifecycle: { createBeforeDestroy: true },
  });
  addExpiryAlarm(stack, {
    id: "release-service-certificate-expiry",
    subject: `the release service of ${orchestratorDomain(stack.environment)}`,
    advice: "ACM shows why renewal failed",
    certificateArn: certificate.arn,
    topicArn,
  });
  return new AcmCertificateValidation(stack, "certificate-validation", {
    certificateArn: certificate.arn,
    dependsOn: [addValidationRecords(stack, certificate, publicZoneId)],
  }).certificateArn;
}

/** One validation record per name; unlike the names of the records, these keys are known before ACM has created the certificate. */
function addValidationRecords(stack: LayerStack, certificate: AcmCertificate, zoneId: string): Route53Record {
  const record = new Route53Record(stack, "validation", {
    zoneId,
    name: "${each.value.resource_record_name}",
    type: "${each.value.resource_record_type}",
    records: ["${each.value.resource_record_value}"],
    ttl: 300,
    // An earlier certificate for the same names has the same record.
    allowOverwrite: true,
  });
  // cdktf's iterators convert the set to a list, which Terraform cannot do before the set is known:
  // https://github.com/hashicorp/terraform-cdk/issues/3713
  const options = `${certificate.terraformResourceType}.${certificate.friendlyUniqueId}.domain_validation_options`;
  record.addOverride("for_each", `\${{ for option in ${options} : option.domain_name => option }}`);
  return record;
}
