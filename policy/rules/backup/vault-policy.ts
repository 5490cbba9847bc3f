import { each } from "../../checks";
import { granted } from "../../permissions";
import type { Rule } from "../../rule";
import { policiesIn } from "../../statements";

export const vaultPolicy: Rule = {
  id: "vault-policy",
  title: "Backups cannot be deleted early",
  publicIds: [],
  reason: "Extortionists delete backups first",
  fix: "Deny backup:DeleteRecoveryPoint in an aws_backup_vault_policy",
  check: each(["aws_backup_vault"], (vault, document) => {
    const policies = document.referring(vault, "aws_backup_vault_policy", "backup_vault_name");
    const denied = policiesIn(document, "resource")
      .filter(({ resource }) => policies.includes(resource))
      .flatMap(({ statements = [] }) => statements.filter(({ allows }) => !allows))
      .some((statement) => granted(statement, ["backup:DeleteRecoveryPoint"]).length > 0);
    return denied ? undefined : "its backups can be deleted early";
  }),
};
