import { each, mustBe, mustHaveCompanion } from "../checks";
import { rules } from "../rule";

/** Rules about certificates and DNS. */
export const dnsRules = rules({
  "certificate-replacement": {
    title: "A new certificate is created before the old one is destroyed",
    publicIds: ["CKV_AWS_233"],
    reason: "A certificate in use cannot be deleted, and a listener without one does not answer",
    fix: "Set lifecycle.create_before_destroy to true",
    check: mustBe("aws_acm_certificate", "lifecycle.create_before_destroy", true),
  },
  "certificate-transparency": {
    title: "Issued certificates are in the certificate transparency log",
    publicIds: ["CKV_AWS_234"],
    reason:
      "Browsers reject other certificates, and the log reveals certificates that others obtained for these names",
    fix: "Set options.certificate_transparency_logging_preference to ENABLED",
    check: each(["aws_acm_certificate"], (certificate) =>
      certificate.has("private_key") ||
      certificate.is("options.certificate_transparency_logging_preference", "ENABLED")
        ? undefined
        : "certificate transparency logging is disabled",
    ),
  },
  "certificate-key": {
    title: "Issued certificates have RSA keys of at least 2048 bits, or elliptic curve keys",
    publicIds: ["ACM.2"],
    reason: "Shorter RSA keys can be broken",
    fix: "Set key_algorithm to RSA_2048 or longer, or to an elliptic curve",
    check: each(["aws_acm_certificate"], (certificate) =>
      certificate.has("private_key") ||
      certificate.is(
        "key_algorithm",
        "RSA_2048",
        "RSA_3072",
        "RSA_4096",
        "EC_prime256v1",
        "EC_secp384r1",
        "EC_secp521r1",
      )
        ? undefined
        : "its key is too short, or not specified",
    ),
  },
  "certificate-expiry": {
    title: "An alarm fires 30 days before a certificate expires",
    publicIds: ["ACM.1"],
    reason:
      "Imported certificates are not renewed automatically, and the renewal of issued ones fails when their validation record is missing",
    fix: "Add an aws_cloudwatch_metric_alarm on DaysToExpiry with a threshold of 30 or more",
    check: mustHaveCompanion("aws_acm_certificate", {
      by: "aws_cloudwatch_metric_alarm",
      through: "dimensions.CertificateArn",
      where: (alarm) => alarm.is("metric_name", "DaysToExpiry") && Number(alarm.texts("threshold")[0]) >= 30,
      without: "no alarm fires before it expires",
    }),
  },
  "certificate-names": {
    title: "Certificates list hosts instead of wildcards",
    publicIds: ["CKV2_AWS_71"],
    reason: "A wildcard is also valid for hosts that others may serve later",
    fix: "List names in subject_alternative_names instead of a wildcard, or record an exception",
    check: each(["aws_acm_certificate"], (certificate) =>
      [...certificate.texts("domain_name"), ...certificate.texts("subject_alternative_names")].some((name) =>
        name.startsWith("*."),
      )
        ? "it is valid for every name in the domain"
        : undefined,
    ),
  },
  "zone-query-log": {
    title: "Public zones log queries",
    publicIds: ["CKV2_AWS_39", "Route53.2"],
    reason: "Queries show lookups of names that do not exist, and what an attacker looked for",
    fix: "Add an aws_route53_query_log",
    check: each(["aws_route53_zone"], (zone, synthesised) =>
      zone.has("vpc") || synthesised.referring(zone, "aws_route53_query_log", "zone_id").length > 0
        ? undefined
        : "its queries are not logged",
    ),
  },
  "zone-dnssec": {
    title: "Public zones are signed with DNSSEC",
    publicIds: ["CKV2_AWS_38"],
    reason: "Without signatures, a resolver cannot detect a forged answer",
    fix: "Add an aws_route53_hosted_zone_dnssec, or record an exception",
    check: each(["aws_route53_zone"], (zone, synthesised) =>
      zone.has("vpc") ||
      synthesised.referring(zone, "aws_route53_hosted_zone_dnssec", "hosted_zone_id").length > 0
        ? undefined
        : "it is not signed",
    ),
  },
  "record-targets": {
    title: "Every record points to a resource of this environment",
    publicIds: ["CKV2_AWS_23"],
    reason: "A record that points to a released address points to the next owner of the address",
    fix: "Refer to a resource in alias.name or records",
    check: each(["aws_route53_record"], (record, synthesised) => {
      if (!record.is("type", "A", "AAAA")) return undefined;
      const ours = [...synthesised.targets(record, "alias.name"), ...synthesised.targets(record, "records")];
      return ours.length > 0 ? undefined : "it points to no resource of this environment";
    }),
  },
});
