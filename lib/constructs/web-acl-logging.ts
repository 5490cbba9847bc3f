import type { Wafv2WebAclLoggingConfigurationConfig } from "@cdktf/provider-aws/lib/wafv2-web-acl-logging-configuration";
import { z } from "zod";

/** Setting for the requests in the log of a web ACL. */
export const loggedRequests = z
  .enum(["all", "blocked-and-counted"])
  .default("all")
  .describe(
    "Requests in the web ACL logs: all (about 1 USD per million requests, 2 GB at 0.50 USD per GB), or only those that a rule blocks or counts. From scale profile 500en, the default is blocked-and-counted",
  );

/** The content of a web ACL's log: which requests, and without their credentials. */
export function webAclLogging(
  requests: z.output<typeof loggedRequests>,
): Pick<Wafv2WebAclLoggingConfigurationConfig, "loggingFilter" | "redactedFields"> {
  const redactedFields = ["authorization", "cookie"].map((name) => ({ singleHeader: { name } }));
  return requests === "all" ? { redactedFields } : { redactedFields, loggingFilter: blockedAndCounted };
}

/**
 * COUNT is the action of a rule, EXCLUDED_AS_COUNT that of a managed rule which is overridden:
 * https://docs.aws.amazon.com/waf/latest/APIReference/API_ActionCondition.html
 */
const blockedAndCounted = {
  defaultBehavior: "DROP",
  filter: [
    {
      behavior: "KEEP",
      requirement: "MEETS_ANY",
      condition: ["BLOCK", "COUNT", "EXCLUDED_AS_COUNT"].map((action) => ({ actionCondition: { action } })),
    },
  ],
};
