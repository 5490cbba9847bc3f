import { mustHaveCompanion } from "../../checks";
import type { Rule } from "../../rule";

export const secretRotation: Rule = {
  id: "secret-rotation",
  title: "Secrets are rotated, at least every 90 days",
  publicIds: ["CKV2_AWS_57", "SecretsManager.1", "SecretsManager.4"],
  reason: "Whoever read one once can use it until then",
  fix: "Add an aws_secretsmanager_secret_rotation, or let the service that uses it manage it",
  check: mustHaveCompanion("aws_secretsmanager_secret", {
    by: "aws_secretsmanager_secret_rotation",
    through: "secret_id",
    where: (rotation) => Number(rotation.texts("rotation_rules.automatically_after_days")[0] ?? 999) <= 90,
    without: "it is never rotated, or too rarely",
  }),
};
