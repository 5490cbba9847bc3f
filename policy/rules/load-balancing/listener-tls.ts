import { each } from "../../checks";
import type { Rule } from "../../rule";

export const listenerTls: Rule = {
  id: "listener-tls",
  title: "Listeners accept TLS 1.2 and 1.3 only",
  publicIds: ["CKV_AWS_103", "CKV2_AWS_74", "AWS-0047", "ELB.17"],
  reason: "Older versions and ciphers are broken",
  fix: "Choose another layers.lb-waf.tlsPolicy",
  check: each(["aws_lb_listener"], (listener) =>
    listener.is("protocol", "HTTPS", "TLS") &&
    !/^ELBSecurityPolicy-TLS13-1-[23](-Res)?(-FIPS)?-20/.test(listener.texts("ssl_policy")[0] ?? "")
      ? `its TLS policy is ${listener.texts("ssl_policy")[0] ?? "AWS's default"}`
      : undefined,
  ),
};
