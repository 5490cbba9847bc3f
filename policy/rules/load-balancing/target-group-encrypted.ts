import { each } from "../../checks";
import type { Rule } from "../../rule";

export const targetGroupEncrypted: Rule = {
  id: "target-group-encrypted",
  title: "Load balancers speak TLS to what is behind them",
  publicIds: ["CKV_AWS_378"],
  reason: "Other pods and whoever mirrors traffic would read along",
  fix: 'Set protocol to "HTTPS"',
  check: each(["aws_lb_target_group"], (targets) =>
    targets.is("protocol", "HTTP") ? "traffic to its targets is not encrypted" : undefined,
  ),
};
