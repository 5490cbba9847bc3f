import type { Cases } from "../case";

const balancerBehind = (...groups: readonly string[]) => ({
  aws_lb: { web: { internal: false }, inside: { internal: true } },
  aws_wafv2_web_acl: {
    web: { rule: groups.map((name) => ({ statement: { managed_rule_group_statement: { name } } })) },
  },
  aws_wafv2_web_acl_association: {
    web: { resource_arn: "${aws_lb.web.arn}", web_acl_arn: "${aws_wafv2_web_acl.web.arn}" },
    inside: { resource_arn: "${aws_lb.inside.arn}", web_acl_arn: "${aws_wafv2_web_acl.web.arn}" },
  },
});

export const loadBalancingCases = {
  "load-balancer-headers": {
    passing: {
      aws_lb: {
        web: { load_balancer_type: "application", drop_invalid_header_fields: true },
        tcp: { load_balancer_type: "network" },
      },
    },
    violating: { aws_lb: { web: {} } },
  },
  "load-balancer-access-log": {
    passing: {
      aws_lb: {
        web: { load_balancer_type: "application", access_logs: { bucket: "logs", enabled: true } },
      },
    },
    violating: [
      { aws_lb: { tcp: { load_balancer_type: "network" } } },
      { aws_lb: { web: { access_logs: { bucket: "logs", enabled: false } } } },
    ],
  },
  "load-balancer-anonymous-clients": {
    passing: balancerBehind("AWSManagedRulesKnownBadInputsRuleSet", "AWSManagedRulesAnonymousIpList"),
    violating: balancerBehind("AWSManagedRulesKnownBadInputsRuleSet"),
  },
  "load-balancer-protection": {
    passing: { aws_lb: { web: { enable_deletion_protection: true } } },
    violating: { aws_lb: { web: {} } },
  },
  "load-balancer-desync": {
    passing: { aws_lb: { web: { desync_mitigation_mode: "defensive" } } },
    violating: { aws_lb: { web: { desync_mitigation_mode: "monitor" } } },
  },
  "load-balancer-zones": {
    passing: { aws_lb: { web: { subnets: ["subnet-a", "subnet-b"] } } },
    violating: { aws_lb: { web: { subnets: ["subnet-a"] } } },
  },
  "load-balancer-security-group": {
    passing: { aws_lb: { tcp: { security_groups: ["sg-1"] } } },
    violating: { aws_lb: { tcp: { security_groups: [] } } },
  },
  "load-balancer-internal": {
    passing: { aws_lb: { web: { internal: true } } },
    violating: { aws_lb: { web: { internal: false } } },
  },
  "load-balancer-cross-zone": {
    passing: { aws_lb: { tcp: { load_balancer_type: "network", enable_cross_zone_load_balancing: true } } },
    violating: { aws_lb: { tcp: { load_balancer_type: "network" } } },
  },
  "listener-https": {
    passing: {
      aws_lb_listener: {
        https: { protocol: "HTTPS" },
        http: {
          protocol: "HTTP",
          default_action: [
            { type: "redirect", redirect: { protocol: "HTTPS", port: "443", status_code: "HTTP_301" } },
          ],
        },
      },
    },
    violating: [
      { aws_lb_listener: { http: { protocol: "HTTP", default_action: [{ type: "forward" }] } } },
      { aws_lb_listener: { http: { port: 80, default_action: [{ type: "forward" }] } } },
      {
        aws_lb_listener: {
          http: { protocol: "HTTP", default_action: [{ type: "redirect", redirect: { protocol: "HTTPS" } }] },
        },
      },
    ],
  },
  "listener-encrypted": {
    passing: { aws_lb_listener: { tls: { protocol: "TLS" } } },
    violating: { aws_lb_listener: { tcp: { protocol: "TCP" } } },
  },
  "listener-tls": {
    passing: {
      aws_lb_listener: { https: { protocol: "HTTPS", ssl_policy: "ELBSecurityPolicy-TLS13-1-2-2021-06" } },
    },
    violating: {
      aws_lb_listener: { https: { protocol: "HTTPS", ssl_policy: "ELBSecurityPolicy-TLS13-1-0-2021-06" } },
    },
  },
  "target-group-encrypted": {
    passing: { aws_lb_target_group: { web: { protocol: "HTTPS" } } },
    violating: { aws_lb_target_group: { web: { protocol: "HTTP" } } },
  },
  "target-group-health": {
    passing: { aws_lb_target_group: { web: { protocol: "HTTPS", health_check: { path: "/healthz" } } } },
    violating: { aws_lb_target_group: { web: { protocol: "HTTPS" } } },
  },
  "load-balancer-firewall": {
    passing: {
      aws_lb: { web: { load_balancer_type: "application" } },
      aws_wafv2_web_acl_association: { web: { resource_arn: "${aws_lb.web.arn}" } },
    },
    violating: { aws_lb: { web: { load_balancer_type: "application" } } },
  },
} satisfies Cases;
