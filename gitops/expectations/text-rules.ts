import type { Kind } from "./expectation";

/** How something is recognised in any text of a chart's values: by an expression whose first group is its name. */
export interface TextRule {
  readonly kind: Kind;
  readonly pattern: RegExp;
  /** Last keys of paths whose values it leaves to the rules for values. */
  readonly except?: string;
}

/** The rules for an environment with this domain; the name of a host is what stands before the domain. */
export function textRules(domain: string): readonly TextRule[] {
  const quoted = domain.replaceAll(".", "\\.");
  return [
    // Neither part of a longer name, nor of an e-mail address, nor below a wildcard.
    {
      kind: "host",
      pattern: new RegExp(`(?<![\\w.@*-])((?:[a-z0-9-]+\\.)*)${quoted}(?![\\w-]|\\.[a-z0-9])`, "g"),
    },
    {
      kind: "role",
      pattern: /(arn:aws[\w-]*:iam::\d*:role\/[\w+=,.@/-]+)/g,
      except: "serviceAccount annotations eks.amazonaws.com/role-arn",
    },
    { kind: "kms-alias", pattern: /(?<![\w/])(alias\/[\w/-]+)/g },
  ];
}
