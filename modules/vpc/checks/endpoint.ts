import type { z } from "zod";
import type { Problem } from "../../../lib/layer/layer";
import type { Settings } from "../settings";

/** A session is opened by the first two, recorded by the third and encrypted by the last. */
const sessionServices = ["ssm", "ssmmessages", "logs", "kms"] as const;

/** The bastion has no way to the internet: without these endpoints nobody gets a session. */
export function endpointProblems(given: {
  readonly settings: Pick<z.output<typeof Settings>, "interfaceEndpoints" | "network">;
}): readonly Problem[] {
  const { interfaceEndpoints, network } = given.settings;
  if (network.source === "existing" && network.sessionEndpoints) return [];
  const absent = sessionServices.filter((service) => !interfaceEndpoints.includes(service));
  if (absent.length === 0) return [];
  const names = absent.map((service) => `"${service}"`).join(" and ");
  return [
    {
      path: ["layers", "vpc", "interfaceEndpoints"],
      message: `${names} ${absent.length === 1 ? "is" : "are"} not listed, so nobody gets a session on the bastion`,
      hint: `Add ${names} to the list`,
    },
  ];
}
