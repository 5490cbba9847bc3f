import { eachAllowance, granted } from "../../permissions";
import type { Rule } from "../../rule";

export const keyUse: Rule = {
  id: "key-use",
  title: "Every policy names the keys that may decrypt",
  publicIds: ["KMS.1", "KMS.2"],
  reason: "A program must not read what another one keeps under its own key",
  fix: "Name keys in the statement's resources",
  check: eachAllowance(["identity"], (statement) => {
    const everyKey = statement.resources.some((resource) =>
      /^(\*|arn:[^:]*:kms:[^:]*:[^:]*:(\*|key\/\*))$/.test(resource),
    );
    return everyKey && granted(statement, ["kms:Decrypt", "kms:ReEncryptFrom"]).length > 0
      ? "it allows to decrypt with every key"
      : undefined;
  }),
};
