import { mustHaveCompanion } from "../../checks";
import type { Rule } from "../../rule";

export const certificateExpiry: Rule = {
  id: "certificate-expiry",
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
};
