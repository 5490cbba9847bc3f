import type { Cases } from "../case";

export const wafCases = {
  "web-acl-rules": {
    passing: { aws_wafv2_web_acl: { web: { rule: [{ name: "rate-limit" }] } } },
    violating: { aws_wafv2_web_acl: { web: {} } },
  },
  "web-acl-actions": {
    passing: {
      aws_wafv2_web_acl: {
        web: {
          rule: [
            { name: "limit", action: { block: {} } },
            { name: "common", override_action: { none: {} } },
          ],
        },
      },
    },
    violating: { aws_wafv2_web_acl: { web: { rule: [{ name: "limit" }] } } },
  },
  "web-acl-log4j": {
    passing: {
      aws_wafv2_web_acl: {
        web: {
          rule: [
            {
              name: "bad",
              override_action: { none: {} },
              statement: { managed_rule_group_statement: { name: "AWSManagedRulesKnownBadInputsRuleSet" } },
            },
          ],
        },
      },
    },
    violating: {
      aws_wafv2_web_acl: {
        web: {
          rule: [
            {
              name: "bad",
              override_action: { none: {} },
              statement: {
                managed_rule_group_statement: {
                  name: "AWSManagedRulesKnownBadInputsRuleSet",
                  rule_action_override: [{ name: "Log4JRCE_HEADER", action_to_use: { count: {} } }],
                },
              },
            },
          ],
        },
      },
    },
  },
  "web-acl-groups": {
    passing: {
      aws_wafv2_web_acl: {
        web: {
          rule: [
            { statement: { rate_based_statement: { limit: 100, aggregate_key_type: "IP" } } },
            ...[
              "AWSManagedRulesCommonRuleSet",
              "AWSManagedRulesAmazonIpReputationList",
              "AWSManagedRulesSQLiRuleSet",
            ].map((name) => ({ statement: { managed_rule_group_statement: { name } } })),
          ],
        },
      },
    },
    violating: {
      aws_wafv2_web_acl: {
        web: { rule: [{ statement: { rate_based_statement: { limit: 100, aggregate_key_type: "IP" } } }] },
      },
    },
  },
  "web-acl-rate-limit-nat": {
    passing: {
      aws_wafv2_ip_set: { nat: { addresses: ["203.0.113.1/32"] } },
      aws_lb: { web: { internal: false }, inside: { internal: true } },
      aws_wafv2_web_acl: {
        web: {
          rule: [
            {
              statement: {
                rate_based_statement: {
                  aggregate_key_type: "IP",
                  scope_down_statement: {
                    not_statement: {
                      statement: [{ ip_set_reference_statement: { arn: "${aws_wafv2_ip_set.nat.arn}" } }],
                    },
                  },
                },
              },
            },
          ],
        },
        inside: { rule: [{ statement: { rate_based_statement: { aggregate_key_type: "IP" } } }] },
      },
      aws_wafv2_web_acl_association: {
        web: { web_acl_arn: "${aws_wafv2_web_acl.web.arn}", resource_arn: "${aws_lb.web.arn}" },
        inside: { web_acl_arn: "${aws_wafv2_web_acl.inside.arn}", resource_arn: "${aws_lb.inside.arn}" },
      },
    },
    violating: {
      aws_lb: { web: { internal: false } },
      aws_wafv2_web_acl: {
        web: { rule: [{ statement: { rate_based_statement: { aggregate_key_type: "IP" } } }] },
      },
      aws_wafv2_web_acl_association: {
        web: { web_acl_arn: "${aws_wafv2_web_acl.web.arn}", resource_arn: "${aws_lb.web.arn}" },
      },
    },
  },
  "web-acl-log": {
    passing: {
      aws_wafv2_web_acl: { web: {} },
      aws_wafv2_web_acl_logging_configuration: {
        web: {
          resource_arn: "${aws_wafv2_web_acl.web.arn}",
          redacted_fields: [
            { single_header: { name: "authorization" } },
            { single_header: { name: "cookie" } },
          ],
        },
      },
    },
    violating: {
      aws_wafv2_web_acl: { web: {} },
      aws_wafv2_web_acl_logging_configuration: { web: { resource_arn: "${aws_wafv2_web_acl.web.arn}" } },
    },
  },
  "web-acl-log-filter": {
    passing: {
      aws_wafv2_web_acl_logging_configuration: {
        all: {},
        some: {
          logging_filter: {
            default_behavior: "DROP",
            filter: [
              {
                behavior: "KEEP",
                requirement: "MEETS_ANY",
                condition: ["BLOCK", "COUNT", "EXCLUDED_AS_COUNT"].map((action) => ({
                  action_condition: { action },
                })),
              },
            ],
          },
        },
      },
    },
    violating: {
      aws_wafv2_web_acl_logging_configuration: {
        some: {
          logging_filter: {
            default_behavior: "DROP",
            filter: [
              {
                behavior: "KEEP",
                requirement: "MEETS_ANY",
                condition: ["BLOCK", "COUNT"].map((action) => ({ action_condition: { action } })),
              },
            ],
          },
        },
      },
    },
  },
  "web-acl-metrics": {
    passing: {
      aws_wafv2_web_acl: {
        web: {
          visibility_config: { cloudwatch_metrics_enabled: true },
          rule: [{ visibility_config: { cloudwatch_metrics_enabled: true } }],
        },
      },
    },
    violating: {
      aws_wafv2_web_acl: {
        web: { visibility_config: { cloudwatch_metrics_enabled: true }, rule: [{ name: "limit" }] },
      },
    },
  },
} satisfies Cases;
