import { distance } from "fastest-levenshtein";

/**
 * The rules of the managed groups in use:
 * https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-baseline.html
 * https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-ip-rep.html
 * https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-use-case.html
 */
const published = {
  AWSManagedRulesCommonRuleSet: [
    ...["NoUserAgent_HEADER", "UserAgent_BadBots_HEADER", "SizeRestrictions_Cookie_HEADER"],
    ...of("SizeRestrictions", "QUERYSTRING", "BODY", "URIPATH"),
    ...of("EC2MetaDataSSRF", "BODY", "COOKIE", "URIPATH", "QUERYARGUMENTS"),
    ...of("GenericLFI", "QUERYARGUMENTS", "URIPATH", "BODY"),
    ...of("RestrictedExtensions", "URIPATH", "QUERYARGUMENTS"),
    ...of("GenericRFI", "QUERYARGUMENTS", "BODY", "URIPATH"),
    ...of("CrossSiteScripting", "COOKIE", "QUERYARGUMENTS", "BODY", "URIPATH"),
  ],
  AWSManagedRulesKnownBadInputsRuleSet: [
    ...of("JavaDeserializationRCE", "HEADER", "BODY", "URIPATH", "QUERYSTRING"),
    ...["Host_localhost_HEADER", "PROPFIND_METHOD", "ExploitablePaths_URIPATH", "ReactJSRCE_BODY"],
    ...of("Log4JRCE", "HEADER", "QUERYSTRING", "BODY", "URIPATH"),
  ],
  AWSManagedRulesAmazonIpReputationList: [
    "AWSManagedIPReputationList",
    "AWSManagedReconnaissanceList",
    "AWSManagedIPDDoSList",
  ],
  AWSManagedRulesSQLiRuleSet: [
    ...of("SQLi", "QUERYARGUMENTS", "BODY", "COOKIE", "URIPATH"),
    ...of("SQLiExtendedPatterns", "QUERYARGUMENTS", "BODY", "HEADER", "URIPATH"),
  ],
} as const;

/** A managed rule group by the name that AWS gave it. */
export type ManagedGroupName = keyof typeof published;

/** Two swapped letters count twice; names of different rules differ by more. */
const misspelling = 2;

/**
 * The name that is meant by one that no rule of the group has, which WAF accepts and ignores:
 * https://docs.aws.amazon.com/waf/latest/APIReference/API_RuleActionOverride.html
 * Undefined for one that is like no other: AWS may have added the rule.
 */
export function ruleMeant(name: string, group: ManagedGroupName): string | undefined {
  const names: readonly string[] = published[group];
  if (names.includes(name)) return undefined;
  return names.find((known) => distance(known.toLowerCase(), name.toLowerCase()) <= misspelling);
}

function of(rule: string, ...parts: readonly string[]): readonly string[] {
  return parts.map((part) => `${rule}_${part}`);
}
