import { eachAllowance } from "../../permissions";
import { isAnybody } from "../../principals";
import type { Rule } from "../../rule";

export const publicResources: Rule = {
  id: "public-resources",
  title: "Nothing is open to everybody",
  publicIds: [],
  reason: "Everybody means every account in the world",
  fix: "Name accounts, roles or services as principals, or add a condition on who they are",
  check: eachAllowance(["resource"], (statement) =>
    isAnybody(statement) ? "anybody may use it" : undefined,
  ),
};
