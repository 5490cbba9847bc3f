import { mustBe } from "../../checks";
import type { Rule } from "../../rule";

export const databaseSnapshotTags: Rule = {
  id: "database-snapshot-tags",
  title: "Snapshots of databases carry their tags",
  publicIds: ["CKV_AWS_313", "RDS.16"],
  reason: "A snapshot that nobody can attribute is kept and paid for for ever",
  fix: "Set copy_tags_to_snapshot to true",
  check: mustBe("aws_rds_cluster", "copy_tags_to_snapshot", true),
};
