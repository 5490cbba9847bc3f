import { each } from "../../checks";
import type { Rule } from "../../rule";

export const accessPointFolder: Rule = {
  id: "access-point-folder",
  title: "Every access point shows one folder",
  publicIds: ["CKV_AWS_329", "EFS.3"],
  reason: "Otherwise whoever mounts it sees the files of everybody",
  fix: "Set root_directory.path to a folder, with creation_info",
  check: each(["aws_efs_access_point"], (point) =>
    point.has("root_directory.path") && !point.is("root_directory.path", "/")
      ? undefined
      : "it shows the whole file system",
  ),
};
