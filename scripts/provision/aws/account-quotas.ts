import { allPages, awsCall, type AwsCall } from "../../../lib/layer/aws-call";
import type { Run } from "../run/run";
import { tryAws } from "./client";
import { faultText } from "./fault";

/** What IAM must allow for these questions. */
export const quotaActions: readonly string[] = [
  "servicequotas:ListServiceQuotas",
  "ec2:DescribeAddresses",
  "ec2:DescribeVpcs",
];

/**
 * The quotas of a service that the account has in its region, by their codes; or why they are unknown. A list is asked for rather
 * than each quota: AWS answers ten lists a second, and half as many questions for one.
 * https://docs.aws.amazon.com/servicequotas/latest/userguide/reference_limits.html
 */
export async function accountQuotas(
  run: Run,
  service: string,
): Promise<ReadonlyMap<string, number> | string> {
  // As many as a page can have.
  const call = awsCall("service-quotas", "ListServiceQuotas", { ServiceCode: service, MaxResults: 100 });
  const reply = await tryAws(run, allPages(call, "Quotas"), "look");
  if (reply.kind === "fault") return faultText(reply.fault);
  const { Quotas = [] } = reply.output;
  return new Map(
    Quotas.flatMap(({ QuotaCode, Value }) => (QuotaCode && Value !== undefined ? [[QuotaCode, Value]] : [])),
  );
}

/** What counts against a quota, with its tags. */
interface Tagged {
  readonly Tags?:
    readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[] | undefined;
}

/** How what counts against a quota is listed, by its code. */
const lists: Readonly<Record<string, (run: Run) => Promise<readonly Tagged[] | undefined>>> = {
  "L-0263D0A3": async (run) => (await answered(run, awsCall("ec2", "DescribeAddresses", {})))?.Addresses,
  "L-F678F1CE": async (run) =>
    (await answered(run, allPages(awsCall("ec2", "DescribeVpcs", {}), "Vpcs")))?.Vpcs,
};

/** How much of a quota of EC2 others than this environment use; undefined where that is not counted, or unknown. */
export async function usedByOthers(run: Run, code: string): Promise<number | undefined> {
  const { name, tagKeys } = run.loaded.environment;
  const isOwn = ({ Tags = [] }: Tagged) =>
    Tags.some(({ Key, Value }) => Key === tagKeys.environment && Value === name);
  return (await lists[code]?.(run))?.filter((object) => !isOwn(object)).length;
}

async function answered<Output>(run: Run, call: AwsCall<Output>): Promise<Output | undefined> {
  const reply = await tryAws(run, call, "look");
  return reply.kind === "answered" ? reply.output : undefined;
}
