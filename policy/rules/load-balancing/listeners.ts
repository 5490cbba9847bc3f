import { each } from "../../checks";
import { rules } from "../../rule";

/** Rules about listeners and target groups. */
export const listenerRules = rules({
  "listener-https": {
    title: "Application load balancers speak HTTPS, and send whoever comes without it there",
    publicIds: ["CKV_AWS_2", "CKV2_AWS_20", "AWS-0054", "ELB.1"],
    reason: "Tokens and passwords would cross the internet readable",
    fix: 'Set protocol to "HTTPS", or redirect to it',
    check: each(["aws_lb_listener"], (listener) =>
      listener.is("protocol", "HTTP") && !listener.is("default_action.redirect.protocol", "HTTPS")
        ? "it answers without encryption"
        : undefined,
    ),
  },
  "listener-encrypted": {
    title: "Network load balancers end TLS themselves",
    publicIds: ["ELB.18"],
    reason: "Otherwise nothing shows that what passes through is encrypted",
    fix: 'Set protocol to "TLS", or record an exception where TLS ends behind it',
    check: each(["aws_lb_listener"], (listener) =>
      listener.is("protocol", "TCP", "UDP", "TCP_UDP") ? "it passes on whatever comes" : undefined,
    ),
  },
  "listener-tls": {
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
  },
  "target-group-encrypted": {
    title: "Load balancers speak TLS to what is behind them",
    publicIds: ["CKV_AWS_378"],
    reason: "Other pods and whoever mirrors traffic would read along",
    fix: 'Set protocol to "HTTPS"',
    check: each(["aws_lb_target_group"], (targets) =>
      targets.is("protocol", "HTTP") ? "traffic to its targets is not encrypted" : undefined,
    ),
  },
  "target-group-health": {
    title: "Load balancers ask their targets how they are",
    publicIds: ["CKV_AWS_261"],
    reason: "A port that accepts connections says nothing about the program behind it",
    fix: "Add health_check with a path (HTTP) or a protocol (TCP)",
    check: each(["aws_lb_target_group"], (targets) => {
      const isHttp = targets.is("protocol", "HTTP", "HTTPS");
      return targets.has(isHttp ? "health_check.path" : "health_check.protocol")
        ? undefined
        : "its health check is the default one";
    }),
  },
});
