import { each } from "../../checks";
import type { Rule } from "../../rule";

export const listenerEncrypted: Rule = {
  id: "listener-encrypted",
  title: "Network load balancers end TLS themselves",
  publicIds: ["ELB.18"],
  reason: "Otherwise nothing shows that what passes through is encrypted",
  fix: 'Set protocol to "TLS", or record an exception where TLS ends behind it',
  check: each(["aws_lb_listener"], (listener) =>
    listener.is("protocol", "TCP", "UDP", "TCP_UDP") ? "it passes on whatever comes" : undefined,
  ),
};
