import type { Behaviour } from "../../engine/behaviour";
import { textOf } from "../../engine/read-value";
import { uuidFrom } from "../../cloud/digest";
import { arn, globalArn } from "./arn";
import { nameFrom, put, type Behaviours } from "./naming";
import { validateJson } from "./policy-json";

/** AWS Backup and Budgets. */
export const backup: Behaviours = {
  aws_backup_vault: {
    id: ({ name }) => textOf(name) ?? "",
    computed: ({ name }, context) => ({ arn: arn(context, "backup", `backup-vault:${textOf(name) ?? ""}`) }),
  },
  aws_backup_vault_policy: ofVault({ validate: validateJson("policy") }),
  aws_backup_vault_lock_configuration: ofVault(),
  aws_backup_vault_notifications: ofVault(),
  aws_backup_plan: {
    id: (_planned, { hash }) => uuidFrom(hash("plan", 32)),
    recomputed: ["version"],
    computed: (_planned, context) => ({
      arn: arn(context, "backup", `backup-plan:${context.id}`),
      version: Buffer.from(context.hash("version", 36)).toString("base64"),
    }),
  },
  aws_backup_selection: { id: (_planned, { hash }) => uuidFrom(hash("selection", 32)) },
  aws_budgets_budget: {
    id: (planned, context) => `${context.account}:${nameFrom("name")(planned, context)}`,
    computed: (_planned, context) => {
      const name = context.id.split(":")[1] ?? "";
      const time_period_start = "2025-01-01_00:00";
      return {
        arn: globalArn(context, "budgets", `budget/${name}`),
        account_id: context.account,
        name,
        time_period_start,
      };
    },
  },
};

function ofVault(more: Behaviour = {}): Behaviour {
  return {
    ...put,
    ...more,
    id: ({ backup_vault_name }) => textOf(backup_vault_name) ?? "",
    check: ({ backup_vault_name }, { cloud }) => {
      const vault = textOf(backup_vault_name) ?? "";
      return cloud.get("aws_backup_vault", vault)
        ? undefined
        : `ResourceNotFoundException: Backup vault ${vault} does not exist`;
    },
    computed: ({ backup_vault_name }, context) => ({
      backup_vault_arn: arn(context, "backup", `backup-vault:${textOf(backup_vault_name) ?? ""}`),
    }),
  };
}
