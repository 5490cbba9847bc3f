import { z } from "zod";
import type { Run } from "../run/run";
import { askAws } from "./client";
import { faultText } from "./fault";

const answer = z.object({
  TargetHealthDescriptions: z.array(
    z.object({
      TargetHealth: z.object({ State: z.string(), Reason: z.string().optional() }).prefault({ State: "" }),
    }),
  ),
});

/** The permission that it needs. */
export const targetHealthActions = ["elasticloadbalancing:DescribeTargetHealth"] as const;

/** States of the targets in a target group, or why they are not known. */
export type TargetHealth =
  | { readonly targets: readonly { readonly state: string; readonly reason: string }[] }
  | { readonly unknown: string };

/** Asks AWS for the health of a target group's targets. */
export async function targetHealth(run: Run, arn: string): Promise<TargetHealth> {
  const words = ["elbv2", "describe-target-health", "--target-group-arn", arn];
  const reply = await askAws(run, { arguments: words });
  if (reply.kind === "fault") return { unknown: faultText(reply.fault) };
  const parsed = answer.safeParse(reply.output);
  if (!parsed.success) return { unknown: "the AWS CLI printed no health of targets" };
  return {
    targets: parsed.data.TargetHealthDescriptions.map(({ TargetHealth: { State, Reason = "" } }) => ({
      state: State,
      reason: Reason,
    })),
  };
}
