/** The user of RDS itself, which it refuses besides "admin": https://github.com/aws-cloudformation/cfn-lint/pull/4425 */
const users = ["rdsadmin"];

/** Roles that PostgreSQL does not create: https://www.postgresql.org/docs/17/sql-createrole.html */
const roles = ["public", "none"];

/** Reserved words of PostgreSQL: https://www.postgresql.org/docs/17/sql-keywords-appendix.html */
const keywords = [
  ...["all", "analyse", "analyze", "and", "any", "array", "as", "asc", "asymmetric", "both", "case", "cast"],
  ...[
    "check",
    "collate",
    "column",
    "constraint",
    "create",
    "default",
    "deferrable",
    "desc",
    "distinct",
    "do",
  ],
  ...["else", "end", "except", "false", "fetch", "for", "foreign", "from", "grant", "group", "having", "in"],
  ...["initially", "intersect", "into", "lateral", "leading", "limit", "localtime", "localtimestamp", "not"],
  ...["null", "offset", "on", "only", "or", "order", "placing", "primary", "references", "returning"],
  ...["select", "some", "symmetric", "table", "then", "to", "trailing", "true", "union", "unique", "user"],
  ...["using", "variadic", "when", "where", "window", "with"],
];

/** Names that Aurora PostgreSQL accepts for no master user. */
export const reservedUsers: ReadonlySet<string> = new Set([...users, ...roles, ...keywords]);
