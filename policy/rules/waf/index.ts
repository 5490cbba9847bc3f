import type { Rule } from "../../rule";
import { webAclActions } from "./web-acl-actions";
import { webAclGroups } from "./web-acl-groups";
import { webAclLog } from "./web-acl-log";
import { webAclLog4j } from "./web-acl-log4j";
import { webAclMetrics } from "./web-acl-metrics";
import { webAclRules } from "./web-acl-rules";

/** Rules about the web application firewall. */
export const wafRules: readonly Rule[] = [
  webAclRules,
  webAclActions,
  webAclLog4j,
  webAclGroups,
  webAclLog,
  webAclMetrics,
];
