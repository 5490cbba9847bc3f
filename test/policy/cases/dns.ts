import type { Cases } from "../case";

export const dnsCases = {
  "certificate-replacement": {
    passing: { aws_acm_certificate: { own: { lifecycle: { create_before_destroy: true } } } },
    violating: { aws_acm_certificate: { own: {} } },
  },
  "certificate-transparency": {
    passing: {
      aws_acm_certificate: {
        issued: { options: { certificate_transparency_logging_preference: "ENABLED" } },
        imported: { private_key: "${var.key}" },
      },
    },
    violating: {
      aws_acm_certificate: {
        issued: { options: { certificate_transparency_logging_preference: "DISABLED" } },
      },
    },
  },
  "certificate-key": {
    passing: { aws_acm_certificate: { issued: { key_algorithm: "RSA_2048" } } },
    violating: { aws_acm_certificate: { issued: { key_algorithm: "RSA_1024" } } },
  },
  "certificate-expiry": {
    passing: {
      aws_acm_certificate: { own: {} },
      aws_cloudwatch_metric_alarm: {
        expiry: {
          metric_name: "DaysToExpiry",
          threshold: 30,
          dimensions: { CertificateArn: "${aws_acm_certificate.own.arn}" },
        },
      },
    },
    violating: {
      aws_acm_certificate: { own: {} },
      aws_cloudwatch_metric_alarm: {
        expiry: {
          metric_name: "DaysToExpiry",
          threshold: 7,
          dimensions: { CertificateArn: "${aws_acm_certificate.own.arn}" },
        },
      },
    },
  },
  "certificate-names": {
    passing: {
      aws_acm_certificate: {
        own: { domain_name: "example.com", subject_alternative_names: ["api.example.com"] },
      },
    },
    violating: {
      aws_acm_certificate: {
        own: { domain_name: "example.com", subject_alternative_names: ["*.example.com"] },
      },
    },
  },
  "zone-query-log": {
    passing: {
      aws_route53_zone: { public: {}, private: { vpc: [{ vpc_id: "vpc-1" }] } },
      aws_route53_query_log: { public: { zone_id: "${aws_route53_zone.public.zone_id}" } },
    },
    violating: { aws_route53_zone: { public: {} } },
  },
  "zone-dnssec": {
    passing: {
      aws_route53_zone: { public: {} },
      aws_route53_hosted_zone_dnssec: { public: { hosted_zone_id: "${aws_route53_zone.public.id}" } },
    },
    violating: { aws_route53_zone: { public: {} } },
  },
  "record-targets": {
    passing: {
      aws_lb: { web: {} },
      aws_route53_record: { api: { type: "A", alias: { name: "${aws_lb.web.dns_name}" } } },
    },
    violating: { aws_route53_record: { api: { type: "A", records: ["198.51.100.7"] } } },
  },
} satisfies Cases;
