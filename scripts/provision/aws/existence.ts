import { healthByType } from "../../../lib/aws-facts/health/index";
import { awsCall } from "../../../lib/layer/aws-call";
import { health, type Health } from "../../../lib/layer/health";
import type { Run } from "../run/run";
import { conditionOf } from "./health";
import type { TaggedResource } from "./tagged-resources";

/** Whether an object exists, in a word of AWS; `unknown` where nothing is asked of its type, or AWS does not answer. */
export type Existence =
  | { readonly kind: "exists"; readonly word: string }
  | { readonly kind: "gone" }
  | { readonly kind: "unknown"; readonly because?: string };

/** Objects that have no state, but exist or do not: what costs, and what all else is in. */
const questions: Readonly<Record<string, Health>> = {
  aws_eip: health({
    action: "ec2:DescribeAddresses",
    call: (id) => awsCall("ec2", "DescribeAddresses", { AllocationIds: [id] }),
    state: ({ Addresses = [] }) => (Addresses.length > 0 ? "allocated" : undefined),
    ...{ healthy: ["allocated"], busy: [] },
  }),
  aws_vpc: health({
    action: "ec2:DescribeVpcs",
    call: (id) => awsCall("ec2", "DescribeVpcs", { VpcIds: [id] }),
    state: ({ Vpcs }) => Vpcs?.[0]?.State,
    ...{ healthy: ["available"], busy: ["pending"] },
  }),
};

/** What IAM must allow for these; the rights of each type have the others. */
export const existenceActions = Object.values(questions).map(({ action }) => action);

/** AWS lists what it has deleted for up to an hour. */
const gone = /^(delet(ed|ing)|terminated|shutting-down)$/i;

/** Asks AWS, whose list by tags is late, whether an object exists. */
export async function existenceOf(run: Run, { type, id, region }: TaggedResource): Promise<Existence> {
  if (run.rehearsal !== undefined) return { kind: "exists", word: "simulated" };
  const known = questions[type] ?? healthByType[type];
  if (typeof known !== "object") return { kind: "unknown" };
  const condition = await conditionOf(run, at(known, region), { id, patience: "work" });
  if (condition.kind === "unknown") return condition;
  if (condition.kind === "absent" || gone.test(condition.word)) return { kind: "gone" };
  return { kind: "exists", word: condition.word };
}

/** The same question in another region. */
function at(asked: Health, region: string): Health {
  const ask = (id: string) => {
    const question = asked.ask(id);
    return "call" in question ? { call: { ...question.call, region } } : question;
  };
  return { ...asked, ask };
}
