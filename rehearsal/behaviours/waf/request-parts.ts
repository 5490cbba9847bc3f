import { nested } from "./nested-block";

const whole = nested("one");
const named = nested("one", { "name!": "string" });
const fingerprint = nested("one", { "fallback_behavior!": "string" });

/** Parts to look at, by inclusion or exclusion; "all" takes them all. */
const matchPattern = (times: "one!" | "many!", ...lists: readonly string[]) =>
  nested(times, { ...Object.fromEntries(lists.map((list) => [`${list}?`, ["list", "string"]])), all: whole });

/** Which part of a request a statement looks at. */
export const fieldToMatch = nested("one", {
  all_query_arguments: whole,
  method: whole,
  query_string: whole,
  uri_path: whole,
  single_header: named,
  single_query_argument: named,
  ja3_fingerprint: fingerprint,
  ja4_fingerprint: fingerprint,
  uri_fragment: nested("one", { "fallback_behavior?": "string" }),
  body: nested("one", { "oversize_handling?": "string" }),
  header_order: nested("many", { "oversize_handling!": "string" }),
  headers: nested("many", {
    "match_scope!": "string",
    "oversize_handling!": "string",
    match_pattern: matchPattern("one!", "excluded_headers", "included_headers"),
  }),
  cookies: nested("one", {
    "match_scope!": "string",
    "oversize_handling!": "string",
    match_pattern: matchPattern("many!", "excluded_cookies", "included_cookies"),
  }),
  json_body: nested("one", {
    "match_scope!": "string",
    "invalid_fallback_behavior?": "string",
    "oversize_handling?": "string",
    match_pattern: matchPattern("one!", "included_paths"),
  }),
});

/** What is done to that part before it is compared. */
export const textTransformation = nested("many!", { "priority!": "number", "type!": "string" }, "set");
