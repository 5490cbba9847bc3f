import { each } from "../../checks";
import type { Rule } from "../../rule";

export const databaseZones: Rule = {
  id: "database-zones",
  title: "Every database has instances in several zones",
  publicIds: ["RDS.15"],
  reason: "With one instance, the loss of its zone stops the orchestrator for ten minutes or longer",
  fix: "Set layers.aurora.instances to 2 or more",
  check: each(["aws_rds_cluster"], (cluster, document) => {
    const instances = document.referring(cluster, "aws_rds_cluster_instance", "cluster_identifier");
    const zones = new Set(instances.flatMap((instance) => instance.texts("availability_zone")));
    return zones.size > 1 ? undefined : "its instances are in one zone";
  }),
};
