import { z } from "zod";
import type { Run } from "../run/run";
import { askAws } from "./client";
import { faultText } from "./fault";

/** What IAM must allow for these questions. */
export const quotaActions: readonly string[] = [
  "servicequotas:ListServiceQuotas",
  "ec2:DescribeAddresses",
  "ec2:DescribeVpcs",
];

const quotasShape = z.object({ Quotas: z.array(z.object({ QuotaCode: z.string(), Value: z.number() })) });

/** The quotas of a service that the account has in its region, by their codes; or why they are unknown. */
export async function accountQuotas(
  run: Run,
  service: string,
): Promise<ReadonlyMap<string, number> | string> {
  const listing = ["service-quotas", "list-service-quotas", "--service-code", service];
  const reply = await askAws(run, { arguments: listing }, "look");
  if (reply.kind === "fault") return faultText(reply.fault);
  const { data } = quotasShape.safeParse(reply.output);
  if (data === undefined) return "the answer has no quotas";
  return new Map(data.Quotas.map(({ QuotaCode, Value }) => [QuotaCode, Value]));
}

const tagged = z.object({
  Tags: z.array(z.object({ Key: z.string(), Value: z.string() })).default([]),
});

/** What counts against a quota, by its code, and is listed with its tags. */
const lists: Readonly<Record<string, readonly [command: string, list: string]>> = {
  "L-0263D0A3": ["describe-addresses", "Addresses"],
  "L-F678F1CE": ["describe-vpcs", "Vpcs"],
};

/** How much of a quota of EC2 others than this environment use; undefined where that is not counted, or unknown. */
export async function usedByOthers(run: Run, code: string): Promise<number | undefined> {
  const [command, list] = lists[code] ?? [];
  if (command === undefined || list === undefined) return undefined;
  const reply = await askAws(run, { arguments: ["ec2", command] }, "look");
  if (reply.kind === "fault") return undefined;
  const { name, tagKeys } = run.loaded.environment;
  const { data } = z.object({ [list]: z.array(tagged) }).safeParse(reply.output);
  const isOwn = ({ Tags }: z.output<typeof tagged>) =>
    Tags.some(({ Key, Value }) => Key === tagKeys.environment && Value === name);
  return data?.[list]?.filter((object) => !isOwn(object)).length;
}
