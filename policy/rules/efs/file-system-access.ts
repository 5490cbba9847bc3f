import { each } from "../../checks";
import { granted } from "../../permissions";
import type { Rule } from "../../rule";
import { policiesIn, type Statement } from "../../statements";

export const fileSystemAccess: Rule = {
  id: "file-system-access",
  title:
    "File systems are reached with TLS and through mount targets only, and nobody is root without a name",
  publicIds: [],
  reason: "NFS has no other protection of its own",
  fix: "Add an aws_efs_file_system_policy that denies requests without aws:SecureTransport, allows through mount targets and grants no ClientRootAccess",
  check: each(["aws_efs_file_system"], (files, document) => {
    const policy = policiesIn(document, "resource").find(({ resource }) =>
      document.referring(files, "aws_efs_file_system_policy", "file_system_id").includes(resource),
    );
    const statements = policy?.statements ?? [];
    const refusesPlain = statements.some(
      ({ allows, conditionKeys }) => !allows && conditionKeys.includes("aws:securetransport"),
    );
    return refusesPlain && statements.filter(({ allows }) => allows).every(isNarrow)
      ? undefined
      : "it is reached without TLS or a mount target, or as root";
  }),
};

function isNarrow(statement: Statement): boolean {
  const isAnyones = statement.principals.includes("*");
  const throughMountTarget = statement.conditionKeys.includes("elasticfilesystem:accessedviamounttarget");
  return (
    !isAnyones ||
    (throughMountTarget && granted(statement, ["elasticfilesystem:ClientRootAccess"]).length === 0)
  );
}
