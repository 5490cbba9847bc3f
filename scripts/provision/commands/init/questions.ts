import { edgeNodes } from "../../../../capacity/cost/usage";
import { scaleProfiles } from "../../../../lib/layer/environment-schema";
import { listOf } from "./answers";
import { profileCost } from "./cost";
import { adminRoles, domain, domainKind } from "./identity-questions";
import type { Known, Question } from "./question";

const zonesNeeded = 3;

const account: Question = {
  answers: "account",
  options: ["account"],
  title: "AWS account",
  why: "Everything is created in it. No run starts with credentials of another one.",
  offer: async ({ offers }) => ({ byDefault: (await offers.caller())?.account }),
  caution: async ({ offers }, answer) => {
    const caller = await offers.caller();
    if (caller === undefined || caller.account === answer) return undefined;
    return `Your credentials belong to account "${caller.account}": nothing is looked up in "${answer}"`;
  },
};

const region: Question = {
  answers: "region",
  options: ["region"],
  title: "Region",
  why: "Everything is created there, the bucket of Terraform state too.",
  offer: async ({ offers }) => ({ byDefault: await offers.region() }),
  objection: async (known, answer) => {
    const usable = await usableZones(known, answer);
    if (usable === undefined || usable.length >= zonesNeeded) return undefined;
    return [
      `this account can use ${usable.length} zones of "${answer}": ${usable.join(", ")}`,
      `Choose a region with ${zonesNeeded}`,
    ];
  },
};

const zones: Question = {
  answers: "zones",
  options: ["zones"],
  title: "Availability zones",
  why: "Three, for network, nodes and database. They cannot be changed once applied.",
  needs: ["region"],
  offer: async (known) => {
    const { region = "" } = known.answers;
    const usable = await usableZones(known, region);
    const first = usable?.slice(0, zonesNeeded) ?? ["a", "b", "c"].map((letter) => `${region}${letter}`);
    return {
      byDefault: first.join(", "),
      notes: zoneNotes(usable),
    };
  },
  objection: async (known, answer) => {
    const usable = await usableZones(known, known.answers.region ?? "");
    const others = listOf(answer).filter((zone) => usable?.includes(zone) === false);
    if (usable === undefined || others.length === 0) return undefined;
    return [
      `this account cannot use ${others.map((zone) => `"${zone}"`).join(", ")} for a cluster`,
      `Choose three of ${usable.join(", ")}`,
    ];
  },
};

function zoneNotes(usable: readonly string[] | undefined): readonly string[] {
  if (usable === undefined) return ["plan checks whether the account can use them."];
  return usable.length > zonesNeeded ? [`This account can use: ${usable.join(", ")}`] : [];
}

/** Zones are named differently in each account, so those of the credentials' account count only there. */
function usableZones({ caller, offers }: Known, region: string): Promise<readonly string[] | undefined> {
  return caller === undefined ? Promise.resolve(undefined) : offers.zones(region);
}

const scaleProfile: Question = {
  answers: "scaleProfile",
  options: ["scaleProfile"],
  title: "Scale profile",
  why: "It decides nodes and database, so most of the cost. It can be changed later.",
  offer: () => ({
    byDefault: "default",
    choices: scaleProfiles.map((profile) => {
      const nodes = edgeNodes[profile].toLocaleString("en-US");
      return {
        answer: profile,
        about: `up to ${nodes} edge nodes, about ${profileCost(profile)} USD a month`,
      };
    }),
  }),
};

const adminCidrs: Question = {
  answers: "adminCidrs",
  options: ["adminCidr"],
  title: "Networks of administrators",
  why: "Ranges that reach Argo CD and Gitea. none: only from inside the VPC.",
  offer: () => ({ byDefault: "none" }),
};

const emails: Question = {
  answers: "emails",
  options: ["email"],
  title: "E-mail addresses",
  why: "For alarms; the first one also for the certificate authority. none: no e-mail.",
  offer: () => ({ byDefault: "none" }),
};

const vpcCidr: Question = {
  answers: "vpcCidr",
  options: ["vpcCidr"],
  title: "Address range of the VPC",
  why: "Private, /16 to /22, not in use elsewhere. It cannot be changed once applied.",
  offer: () => ({ byDefault: "10.20.0.0/20" }),
};

/** Every question, in the order in which they are asked. */
export const questions: readonly Question[] = [
  account,
  region,
  zones,
  scaleProfile,
  domainKind,
  domain,
  adminRoles,
  adminCidrs,
  emails,
  vpcCidr,
];
