import { each } from "../../checks";
import type { Rule } from "../../rule";

export const certificateKey: Rule = {
  id: "certificate-key",
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
};
