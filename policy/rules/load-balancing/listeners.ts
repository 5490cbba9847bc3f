import { each } from "../../checks";
import { rules } from "../../rule";

/** Rules about listeners and target groups. */
export const listenerRules = rules({
  "listener-https": {
    title: "Listeners of application load balancers use HTTPS, or redirect to it",
    publicIds: ["CKV_AWS_2", "CKV2_AWS_20", "AWS-0054", "ELB.1"],
    reason: "Without HTTPS, tokens and passwords cross the internet unencrypted",
    fix: 'Set protocol to "HTTPS", or redirect to protocol "HTTPS" and port 443',
    check: each(["aws_lb_listener"], (listener) => {
      const redirects =
        listener.is("default_action.redirect.protocol", "HTTPS") &&
        listener.is("default_action.redirect.port", 443);
      // The default is HTTP: https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/lb_listener#protocol-1
      return listener.has("protocol") && (redirects || !listener.is("protocol", "HTTP"))
        ? undefined
        : "it neither uses HTTPS nor redirects to it";
    }),
  },
  "listener-encrypted": {
    title: "Listeners of network load balancers terminate TLS",
    publicIds: ["ELB.18"],
    reason: "Otherwise it is unknown whether forwarded traffic is encrypted",
    fix: 'Set protocol to "TLS", or record an exception where the target terminates TLS',
    check: each(["aws_lb_listener"], (listener) =>
      listener.is("protocol", "TCP", "UDP", "TCP_UDP")
        ? "it forwards traffic without terminating TLS"
        : undefined,
    ),
  },
  "listener-tls": {
    title: "Listeners accept TLS 1.2 and 1.3 only",
    publicIds: ["CKV_AWS_103", "CKV2_AWS_74", "AWS-0047", "ELB.17"],
    reason: "Older versions and ciphers are insecure",
    fix: "Choose another layers.lb-waf.tlsPolicy",
    check: each(["aws_lb_listener"], (listener) =>
      listener.is("protocol", "HTTPS", "TLS") &&
      !/^ELBSecurityPolicy-TLS13-1-[23](-Res)?(-FIPS)?-20/.test(listener.texts("ssl_policy")[0] ?? "")
        ? `its TLS policy is ${listener.texts("ssl_policy")[0] ?? "AWS's default"}`
        : undefined,
    ),
  },
  "target-group-encrypted": {
    title: "Load balancers connect to their targets with TLS",
    publicIds: ["CKV_AWS_378"],
    reason: "Otherwise the traffic can be read on the nodes and with traffic mirroring",
    fix: 'Set protocol to "HTTPS"',
    check: each(["aws_lb_target_group"], (targets) =>
      targets.is("protocol", "HTTP") ? "traffic to its targets is not encrypted" : undefined,
    ),
  },
  "target-group-health": {
    title: "Target groups have an explicit health check",
    publicIds: ["CKV_AWS_261"],
    reason: "A port that accepts connections does not show that the program works",
    fix: "Add health_check with a path (HTTP) or a protocol (TCP)",
    check: each(["aws_lb_target_group"], (targets) => {
      const isHttp = targets.is("protocol", "HTTP", "HTTPS");
      return targets.has(isHttp ? "health_check.path" : "health_check.protocol")
        ? undefined
        : "its health check is the default one";
    }),
  },
});
