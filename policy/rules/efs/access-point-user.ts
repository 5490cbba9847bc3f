import { each } from "../../checks";
import type { Rule } from "../../rule";

export const accessPointUser: Rule = {
  id: "access-point-user",
  title: "Every access point acts as one user",
  publicIds: ["CKV_AWS_330", "EFS.4"],
  reason: "Otherwise a client chooses the user that it writes as, root included",
  fix: "Set posix_user",
  check: each(["aws_efs_access_point"], (point) =>
    point.has("posix_user.uid") && point.has("posix_user.gid") ? undefined : "a client chooses its user",
  ),
};
