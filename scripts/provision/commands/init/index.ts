import { exitCodes } from "../../../../lib/errors";
import { option } from "../../command-line/option";
import { defineFilelessCommand } from "../../run/fileless-command";
import type { Invocation } from "../../run/invocation";
import type { ValuesOf } from "../../command-line/define";

/** Its options; each answers a question. */
export const options = {
  account: option.value("--account <id>", "AWS account; default: that of the credentials"),
  region: option.value(
    "--region <region>",
    "AWS region; default: that of AWS_REGION or the profile, or us-west-2",
  ),
  zones: option.list(
    "--zones <zone>",
    "its three availability zones; default: the first three that can be used",
  ),
  scaleProfile: option.value("--scale-profile <profile>", "number of edge nodes; default: default"),
  parentDomain: option.value("--parent-domain <domain>", "the orchestrator's domain is <name>.<domain>"),
  rootDomain: {
    ...option.value("--root-domain <domain>", "the orchestrator's domain is this one itself"),
    conflicts: ["parentDomain"],
  },
  adminRole: option.list("--admin-role <arn>", "IAM role that administers the cluster"),
  adminCidr: option.list("--admin-cidr <range>", "network that reaches Argo CD and Gitea; default: none"),
  email: option.list("--email <address>", "address for alarms and certificates; default: none"),
  vpcCidr: option.value("--vpc-cidr <range>", "address range of the VPC; default: 10.20.0.0/20"),
};

/** A call of `provision init`. */
export type InitInvocation = Invocation<ValuesOf<typeof options>>;

/** `provision init`. */
export const init = defineFilelessCommand({
  name: "init",
  summary: "create the file of a new environment from a few questions",
  examples: [
    ["init --env prod", "answer about ten questions, and get configs/prod.yaml"],
    ["init --env prod --region eu-central-1", "the same, without the question for the region"],
    ["init --env prod --yes", "ask nothing; options and defaults must answer every question"],
  ],
  options,
  uses: {
    ...{
      environment: "new",
      terraform: false,
      asks: true,
      rehearsal: "no",
      selection: "every",
      synthesis: "none",
    },
    asksAws: "account, zones and hosted zones, if there are credentials",
  },
  exits: {
    [exitCodes.preflightFailed]: "the file exists, or answers are missing; nothing was written",
  },
  load: () => import("./init.ts"),
});
