import type { Attributes, Behaviour } from "../../engine/behaviour";
import { problem, type Diagnostic } from "../../engine/diagnostic";
import type { ProviderDefinition } from "../../engine/provider-definition";
import { listOf, objectOf, textOf } from "../../engine/read-value";
import { readFacts } from "../../facts/learned";
import { checkValues } from "../../facts/check-values";
import { providerPackage } from "../../schema/provider-package";
import { dataSources } from "../data/data-sources";
import { statement } from "../waf/statement";
import { backup } from "./backup";
import { certificates } from "./certificates";
import { compute } from "./compute";
import { dns } from "./dns";
import { efs } from "./efs";
import { eks } from "./eks";
import { elb } from "./elb";
import { ephemeralResources, ephemeralSchemas } from "./ephemeral";
import { fallback } from "./fallback";
import { iam } from "./iam";
import { kms } from "./kms";
import { monitoring } from "./monitoring";
import { network } from "./network";
import { rds } from "./rds";
import { reference } from "./references";
import { registry } from "./registry";
import { s3 } from "./s3";
import { secrets } from "./secrets";
import { securityGroups } from "./security-groups";
import { waf } from "./waf";
import { memberOf } from "../../schema/records";

const behaviours: Readonly<Record<string, Behaviour | undefined>> = {
  ...network,
  ...securityGroups,
  ...iam,
  ...s3,
  ...kms,
  ...monitoring,
  ...compute,
  ...dns,
  ...certificates,
  ...efs,
  ...rds,
  ...eks,
  ...elb,
  ...waf,
  ...secrets,
  ...registry,
  ...backup,
};

/** The simulated AWS provider. */
export function awsProvider(): ProviderDefinition {
  const facts = readFacts("aws");
  const sameVersion = providerPackage("aws").providerVersion === facts.providerVersion;
  return {
    name: "aws",
    legacyTypeSystem: true,
    overlay: {
      marks: Object.fromEntries(
        Object.values(facts.types).flatMap((type) => Object.entries(type?.marks ?? {})),
      ),
      blocks: {
        "aws_wafv2_web_acl.rule.statement": statement("web acl"),
        "aws_wafv2_rule_group.rule.statement": statement("rule group"),
      },
      ephemeralResources: ephemeralSchemas,
    },
    behaviour: (type) => memberOf(behaviours, type),
    dataSource: (type) => memberOf(dataSources, type),
    ephemeralResource: (type) => memberOf(ephemeralResources, type),
    knowledge: (type) => memberOf(facts.types, type)?.knowledge,
    checkValues: (type, config) => checkValues(memberOf(facts.types, type) ?? {}, config, sameVersion),
    configure,
    fallback,
    reference,
  };
}

const configure: ProviderDefinition["configure"] = (config, settings) => {
  const role = textOf(objectOf(config.assume_role).role_arn) ?? "";
  // A provider that assumes a role works in the account of that role.
  const account = /^arn:[\w-]+:iam::(\d{12}):/.exec(role)?.[1] ?? settings.account;
  const region = textOf(config.region) ?? settings.region;
  const defaultTags = objectOf(objectOf(config.default_tags).tags) as Record<string, string>;
  return {
    partition: settings.partition,
    region,
    account,
    defaultTags,
    diagnostics: guardAccount(config, account),
  };
};

function guardAccount(config: Attributes, account: string): readonly Diagnostic[] {
  const allowed = listOf(config.allowed_account_ids);
  const forbidden = listOf(config.forbidden_account_ids);
  const refused = (allowed.length > 0 && !allowed.includes(account)) || forbidden.includes(account);
  return refused ? [problem(`AWS account ID not allowed: ${account}`)] : [];
}
