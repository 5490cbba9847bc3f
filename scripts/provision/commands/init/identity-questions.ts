import { partitionOf } from "../../../../lib/layer/region-partition";
import type { Known, Offer, Question } from "./question";

/** Whether the domain is one below a parent, or one of its own. */
export const domainKind: Question = {
  answers: "domainKind",
  options: ["parentDomain", "rootDomain"],
  title: "Kind of domain",
  why: "It decides who creates the delegation to the orchestrator's new zone.",
  offer: ({ name }) => ({
    byDefault: "parent",
    choices: [
      { answer: "parent", about: `${name}.<parent>; the parent's public hosted zone is in this account` },
      { answer: "root", about: "its own domain, which you delegate while the first apply waits" },
    ],
  }),
  objection: (_, answer) =>
    Promise.resolve(
      /^(parent|root)$/.test(answer)
        ? undefined
        : [`"${answer}" is not accepted`, "It must be one of parent, root"],
    ),
};

/** The domain itself. */
export const domain: Question = {
  answers: "domain",
  options: ["parentDomain", "rootDomain"],
  title: ({ answers }) => (answers.domainKind === "root" ? "Root domain" : "Parent domain"),
  why: "The names of the orchestrator end with it, and its certificate is for it.",
  needs: ["domainKind"],
  offer: async (known) => {
    if (known.answers.domainKind === "root") return {};
    const parents = await parentDomains(known);
    // Among several, nobody chooses but the operator.
    const byDefault = parents.length === 1 ? parents[0] : undefined;
    const choices = parents.map((parent) => ({ answer: parent, about: `for ${known.name}.${parent}` }));
    return { byDefault, choices };
  },
  caution: async (known, answer) => {
    const zones = known.answers.domainKind === "root" ? undefined : await hostedZones(known);
    const count = zones?.filter((zone) => zone === answer).length ?? 1;
    if (count === 0)
      return `This account has no public hosted zone "${answer}": create it before the first apply`;
    if (count === 1) return undefined;
    return `This account has ${count} public hosted zones "${answer}": set layers.route53.zones.parentZoneId in the file`;
  },
};

/** Who administers the cluster. */
export const adminRoles: Question = {
  answers: "adminRoles",
  options: ["adminRole"],
  title: "Roles that administer the cluster",
  why: "ARNs of IAM roles, with their paths. The role that runs apply is one of them.",
  needs: ["account", "region"],
  offer: ({ caller, answers }) => (caller === undefined ? {} : ownRole(caller.arn, answers.region ?? "")),
};

async function parentDomains(known: Known): Promise<readonly string[]> {
  return [...new Set(await hostedZones(known))];
}

function hostedZones({ caller, offers, answers }: Known): Promise<readonly string[] | undefined> {
  return caller === undefined ? Promise.resolve(undefined) : offers.hostedZones(answers.region ?? "");
}

/**
 * The role behind `arn:aws:sts::<account>:assumed-role/<role>/<session>`, which does not show the role's path; that of a role
 * of IAM Identity Center has the region of its home: https://docs.aws.amazon.com/singlesignon/latest/userguide/referencingpermissionsets.html
 */
function ownRole(arn: string, region: string): Offer {
  const [, account = "", role] = /^arn:[\w-]+:sts::(\d{12}):assumed-role\/([^/]+)\//.exec(arn) ?? [];
  if (role === undefined) return {};
  const print = `aws iam get-role --role-name ${role} --query Role.Arn --output text`;
  if (role.startsWith("AWSReservedSSO_"))
    return { notes: ["This prints the ARN of your role:", `  ${print}`] };
  return {
    byDefault: `arn:${partitionOf(region)}:iam::${account}:role/${role}`,
    notes: ["The default is your own role; if it has a path, this prints its ARN:", `  ${print}`],
  };
}
