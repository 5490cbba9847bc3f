import { each } from "../../checks";
import type { Rule } from "../../rule";

export const certificateTransparency: Rule = {
  id: "certificate-transparency",
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
};
