import { DbParameterGroup } from "@cdktf/provider-aws/lib/db-parameter-group";
import { RdsClusterParameterGroup } from "@cdktf/provider-aws/lib/rds-cluster-parameter-group";
import type { LayerStack } from "../../lib/layer/stack";

/** Adds the cluster parameter group: TLS for every connection, and logging. */
export function addParameters(
  stack: LayerStack,
  majorVersion: string,
  slowStatementMilliseconds: number,
): RdsClusterParameterGroup {
  const parameters = {
    "rds.force_ssl": "1",
    log_statement: "ddl",
    log_min_duration_statement: `${slowStatementMilliseconds}`,
    log_connections: "1",
    log_disconnections: "1",
  };
  return new RdsClusterParameterGroup(stack, "parameters", {
    // One per major version: during an upgrade, the groups of both families exist.
    name: stack.named("rdsIdentifier", `aurora-postgresql${majorVersion}`),
    family: `aurora-postgresql${majorVersion}`,
    description: "TLS only; logs schema changes, connections and slow statements",
    // All are dynamic except rds.force_ssl, which is static in some versions; at creation this makes no difference.
    parameter: Object.entries(parameters).map(([name, value]) => ({
      name,
      value,
      applyMethod: name === "rds.force_ssl" ? "pending-reboot" : "immediate",
    })),
    lifecycle: { createBeforeDestroy: true },
  });
}

/** Adds the instance parameter group: logging of lock waits, large temporary files and long vacuums. */
export function addInstanceParameters(stack: LayerStack, majorVersion: string): DbParameterGroup {
  const parameters = {
    log_lock_waits: "1",
    // In KiB: sorts and joins that spill this much need an index or more memory.
    log_temp_files: "65536",
    // In milliseconds: a vacuum of a minute or longer can explain a slow table.
    log_autovacuum_min_duration: "60000",
  };
  return new DbParameterGroup(stack, "instance-parameters", {
    name: stack.named("rdsIdentifier", `aurora-postgresql${majorVersion}-instance`),
    family: `aurora-postgresql${majorVersion}`,
    description: "Logs lock waits, large temporary files and long vacuums",
    parameter: Object.entries(parameters).map(([name, value]) => ({ name, value, applyMethod: "immediate" })),
    lifecycle: { createBeforeDestroy: true },
  });
}
