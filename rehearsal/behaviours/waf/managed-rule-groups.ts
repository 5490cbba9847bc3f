import type { CtyType } from "../../schema/model";
import { nested } from "./nested-block";

const field = (times: "one" | "one!" = "one") => nested(times, { "identifier!": "string" });
const fields = nested("one", { "identifiers!": ["list", "string"] });

const outcomes = (unit: "strings" | "values" | "codes", of: CtyType) => ({
  [`failure_${unit}!`]: ["set", of] as const,
  [`success_${unit}!`]: ["set", of] as const,
});

/** How a login or a sign-up is seen to have worked. */
const responseInspection = nested("one", {
  body_contains: nested("one", outcomes("strings", "string")),
  header: nested("one", { "name!": "string", ...outcomes("values", "string") }),
  json: nested("one", { "identifier!": "string", ...outcomes("values", "string") }),
  status_code: nested("one", outcomes("codes", "number")),
});

const accountCreation = nested("one", {
  "creation_path!": "string",
  "registration_page_path!": "string",
  "enable_regex_in_path?": "bool",
  request_inspection: nested("one!", {
    "payload_type!": "string",
    address_fields: fields,
    email_field: field(),
    password_field: field(),
    phone_number_fields: fields,
    username_field: field(),
  }),
  response_inspection: responseInspection,
});

const accountTakeover = nested("one", {
  "login_path!": "string",
  "enable_regex_in_path?": "bool",
  request_inspection: nested("one", {
    "payload_type!": "string",
    password_field: field("one!"),
    username_field: field("one!"),
  }),
  response_inspection: responseInspection,
});

/** Settings of the AWS managed rule groups that have any. */
export const managedRuleGroupConfigs = nested("many", {
  "login_path?": "string",
  "payload_type?": "string",
  password_field: field(),
  username_field: field(),
  aws_managed_rules_acfp_rule_set: accountCreation,
  aws_managed_rules_atp_rule_set: accountTakeover,
  aws_managed_rules_bot_control_rule_set: nested("one", {
    "inspection_level!": "string",
    "enable_machine_learning?": "bool",
  }),
});
