import type { z } from "zod";
import type { Problem } from "../../../lib/layer/layer";
import type { vpc } from "../../vpc/layer";
import type { Settings } from "../settings";

/** The first two open a session, the third logs it, and the last encrypts it. */
const sessionServices = ["ssm", "ssmmessages", "logs", "kms"] as const;

/** Reports missing endpoints for sessions: the bastion has no route to the internet. */
export function endpointProblems(given: {
  readonly settings: Pick<z.output<typeof Settings>, "interfaceEndpoints">;
  readonly needs: { readonly vpc: Pick<z.output<typeof vpc.settings>, "network"> };
}): readonly Problem[] {
  const { interfaceEndpoints } = given.settings;
  const { network } = given.needs.vpc;
  if (network.source === "existing" && network.sessionEndpoints) return [];
  const absent = sessionServices.filter((service) => !interfaceEndpoints.includes(service));
  if (absent.length === 0) return [];
  const names = absent.map((service) => `"${service}"`).join(" and ");
  return [
    {
      path: ["layers", "network-operations", "interfaceEndpoints"],
      message: `${names} ${absent.length === 1 ? "is" : "are"} not listed, so sessions on the bastion cannot start`,
      hint: `Add ${names} to the list`,
    },
  ];
}
