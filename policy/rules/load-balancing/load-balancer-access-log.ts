import { each } from "../../checks";
import { isApplication } from "../../load-balancers";
import type { Rule } from "../../rule";

export const loadBalancerAccessLog: Rule = {
  id: "load-balancer-access-log",
  title: "Load balancers keep record of every request",
  publicIds: ["CKV_AWS_91", "ELB.5"],
  reason: "It is the only trace of requests that never reached a program",
  fix: "Add access_logs with a bucket and enabled true",
  check: each(["aws_lb"], (balancer, document) => {
    // Network load balancers record TLS listeners only; where TLS ends elsewhere, flow logs stand in.
    const endsTls = document
      .referring(balancer, "aws_lb_listener", "load_balancer_arn")
      .some((found) => found.is("protocol", "TLS"));
    if (!isApplication(balancer) && !endsTls) return undefined;
    return balancer.has("access_logs.bucket") && balancer.is("access_logs.enabled", true)
      ? undefined
      : "its requests are not recorded";
  }),
};
