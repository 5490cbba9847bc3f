import { each } from "../../checks";
import type { Rule } from "../../rule";

export const certificateNames: Rule = {
  id: "certificate-names",
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
};
