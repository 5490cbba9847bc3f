import { each } from "../../checks";
import type { Rule } from "../../rule";

export const targetGroupHealth: Rule = {
  id: "target-group-health",
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
};
