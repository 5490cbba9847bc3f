import { mustHaveCompanion } from "../../checks";
import type { Rule } from "../../rule";

export const webAclLog: Rule = {
  id: "web-acl-log",
  title: "Every web ACL keeps record of requests, without their secrets",
  publicIds: ["CKV2_AWS_31"],
  reason: "What was blocked, and wrongly so, is seen nowhere else; tokens in a log are as good as stolen",
  fix: "Add an aws_wafv2_web_acl_logging_configuration that redacts the headers authorization and cookie",
  check: mustHaveCompanion("aws_wafv2_web_acl", {
    by: "aws_wafv2_web_acl_logging_configuration",
    through: "resource_arn",
    where: (log) =>
      secrets.every((header) => log.texts("redacted_fields.single_header.name").includes(header)),
    without: "its requests are not recorded, or with their secrets",
  }),
};

const secrets = ["authorization", "cookie"];
