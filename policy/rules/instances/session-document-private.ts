import { each } from "../../checks";
import type { Rule } from "../../rule";

export const sessionDocumentPrivate: Rule = {
  id: "session-document-private",
  title: "No Systems Manager document is public",
  publicIds: ["SSM.4"],
  reason: "Documents tell strangers how machines are run",
  fix: "Remove permissions, or list accounts in them",
  check: each(["aws_ssm_document"], (document) =>
    document.texts("permissions.account_ids").some((ids) => /\ball\b/i.test(ids))
      ? "every account may read it"
      : undefined,
  ),
};
