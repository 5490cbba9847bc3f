import { UserError } from "../../../../lib/errors";
import { commandLine } from "../../command-line/request";
import { type Answers, listOf } from "./answers";
import type { InitInvocation } from "./index";

type Options = InitInvocation["request"];

/** The command line that repeats these answers. */
export function repeatedLine(request: Options, answers: Answers, yes: boolean): string {
  return commandLine(request, { ...optionsFor(answers), yes });
}

/** Does what follows the questions; what goes wrong then, e.g. a full disk, costs no answers. */
export async function keepingAnswers<Result>(
  request: Options,
  answers: Answers,
  act: () => Promise<Result>,
): Promise<Result> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const hint = `${error.hint}; with the same answers, run: ${repeatedLine(request, answers, true)}`;
    throw new UserError(error.message, hint, error.exitCode);
  }
}

/** The answers that options give. */
export function answersFrom(options: Options): Answers {
  const { account, region, zones, scaleProfile, parentDomain, rootDomain, adminRole, adminCidr } = options;
  const domain = rootDomain ?? parentDomain;
  const given = {
    account,
    region,
    zones: joined(zones),
    scaleProfile,
    domainKind: domain === undefined ? undefined : rootDomain === undefined ? "parent" : "root",
    domain,
    adminRoles: joined(adminRole),
    adminCidrs: joined(adminCidr),
    emails: joined(options.email),
    vpcCidr: options.vpcCidr,
  };
  return Object.fromEntries(Object.entries(given).filter(([, answer]) => answer !== undefined));
}

function optionsFor(answers: Answers): Partial<Options> {
  const { account, region, zones, scaleProfile, domainKind, domain, adminRoles, adminCidrs } = answers;
  return {
    account,
    region,
    zones: listOf(zones),
    scaleProfile,
    parentDomain: domainKind === "root" ? undefined : domain,
    rootDomain: domainKind === "root" ? domain : undefined,
    adminRole: listOf(adminRoles),
    adminCidr: listOf(adminCidrs),
    email: listOf(answers.emails),
    vpcCidr: answers.vpcCidr,
  };
}

function joined(items: readonly string[]): string | undefined {
  return items.length === 0 ? undefined : items.join(", ");
}
