import { each, mustBe, mustHaveCompanion } from "../checks";
import { rules } from "../rule";

/** Rules about certificates and DNS. */
export const dnsRules = rules({
  "certificate-replacement": {
    title: "A certificate's successor is made before it goes",
    publicIds: ["CKV_AWS_233"],
    reason: "A certificate in use cannot be deleted, and without one nothing answers",
    fix: "Set lifecycle.create_before_destroy to true",
    check: mustBe("aws_acm_certificate", "lifecycle.create_before_destroy", true),
  },
  "certificate-transparency": {
    title: "Issued certificates are in the public log",
    publicIds: ["CKV_AWS_234"],
    reason: "Browsers refuse others, and the log shows certificates that somebody else got for our names",
    fix: "Set options.certificate_transparency_logging_preference to ENABLED",
    check: each(["aws_acm_certificate"], (certificate) =>
      certificate.has("private_key") ||
      certificate.is("options.certificate_transparency_logging_preference", "ENABLED")
        ? undefined
        : "it is not in the public log",
    ),
  },
  "certificate-key": {
    title: "Issued certificates have keys that are long enough",
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
        : "its key is too short, or not stated",
    ),
  },
  "certificate-expiry": {
    title: "Somebody hears 30 days before a certificate expires",
    publicIds: ["ACM.1"],
    reason:
      "Imported certificates are never renewed by themselves, and the renewal of issued ones fails when a record is gone",
    fix: "Add an aws_cloudwatch_metric_alarm on DaysToExpiry with a threshold of 30 or more",
    check: mustHaveCompanion("aws_acm_certificate", {
      by: "aws_cloudwatch_metric_alarm",
      through: "dimensions.CertificateArn",
      where: (alarm) => alarm.is("metric_name", "DaysToExpiry") && Number(alarm.texts("threshold")[0]) >= 30,
      without: "nobody hears of its expiry",
    }),
  },
  "certificate-names": {
    title: "Certificates list every name that they are for",
    publicIds: ["CKV2_AWS_71"],
    reason: "A wildcard holds for names that somebody else may serve one day",
    fix: "List names in subject_alternative_names instead of a wildcard, or record an exception",
    check: each(["aws_acm_certificate"], (certificate) =>
      [...certificate.texts("domain_name"), ...certificate.texts("subject_alternative_names")].some((name) =>
        name.startsWith("*."),
      )
        ? "it holds for every name in the domain"
        : undefined,
    ),
  },
  "zone-query-log": {
    title: "Public zones keep record of queries",
    publicIds: ["CKV2_AWS_39", "Route53.2"],
    reason: "Queries show who looks for names that do not exist, and what an intruder looked for",
    fix: "Add an aws_route53_query_log",
    check: each(["aws_route53_zone"], (zone, synthesised) =>
      zone.has("vpc") || synthesised.referring(zone, "aws_route53_query_log", "zone_id").length > 0
        ? undefined
        : "queries are not recorded",
    ),
  },
  "zone-dnssec": {
    title: "Answers of public zones are signed",
    publicIds: ["CKV2_AWS_38"],
    reason: "A resolver cannot tell a forged answer from a true one otherwise",
    fix: "Add an aws_route53_hosted_zone_dnssec, or record an exception",
    check: each(["aws_route53_zone"], (zone, synthesised) =>
      zone.has("vpc") ||
      synthesised.referring(zone, "aws_route53_hosted_zone_dnssec", "hosted_zone_id").length > 0
        ? undefined
        : "its answers are not signed",
    ),
  },
  "record-targets": {
    title: "Every name points at something that is ours",
    publicIds: ["CKV2_AWS_23"],
    reason: "A name that points at something released points at whoever gets it next",
    fix: "Refer to a resource in alias.name or records",
    check: each(["aws_route53_record"], (record, synthesised) => {
      if (!record.is("type", "A", "AAAA")) return undefined;
      const ours = [...synthesised.targets(record, "alias.name"), ...synthesised.targets(record, "records")];
      return ours.length > 0 ? undefined : "it points at nothing that is made here";
    }),
  },
});
