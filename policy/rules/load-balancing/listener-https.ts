import { each } from "../../checks";
import type { Rule } from "../../rule";

export const listenerHttps: Rule = {
  id: "listener-https",
  title: "Application load balancers speak HTTPS, and send whoever comes without it there",
  publicIds: ["CKV_AWS_2", "CKV2_AWS_20", "AWS-0054", "ELB.1"],
  reason: "Tokens and passwords would cross the internet readable",
  fix: 'Set protocol to "HTTPS", or redirect to it',
  check: each(["aws_lb_listener"], (listener) =>
    listener.is("protocol", "HTTP") && !listener.is("default_action.redirect.protocol", "HTTPS")
      ? "it answers without encryption"
      : undefined,
  ),
};
