import { RdsClusterParameterGroup } from "@cdktf/provider-aws/lib/rds-cluster-parameter-group";
import type { LayerStack } from "../../lib/stack";

/** Adds the parameters every instance starts with: TLS for every connection, and a useful log. */
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
    // One per major version: an upgrade needs the new family's group while the old one is still in use.
    name: stack.named("rdsIdentifier", `aurora-postgresql${majorVersion}`),
    family: `aurora-postgresql${majorVersion}`,
    description: "TLS only; logs schema changes, connections and slow statements",
    // All are dynamic but rds.force_ssl, which is static in some versions; at creation it makes no difference.
    parameter: Object.entries(parameters).map(([name, value]) => ({
      name,
      value,
      applyMethod: name === "rds.force_ssl" ? "pending-reboot" : "immediate",
    })),
    lifecycle: { createBeforeDestroy: true },
  });
}
