import { type Resource, textsAt } from "../synthesis/resource";

/** The rules of a web ACL that stand for AWS's own groups of rules, by the name of the group. */
export function managedGroups(acl: Resource): ReadonlyMap<string, unknown> {
  const named = acl
    .values("rule")
    .flatMap((rule) =>
      textsAt(rule, "statement.managed_rule_group_statement.name").map((name) => [name, rule] as const),
    );
  return new Map(named);
}
