import type { Problem } from "../../lib/layer";
import type { EndpointService } from "./endpoint-services";

/** A session is opened by the first two, recorded by the third and encrypted by the last. */
const sessionServices = ["ssm", "ssmmessages", "logs", "kms"] as const;

/** The bastion has no way to the internet: without these endpoints nobody gets a session. */
export function endpointProblems(given: {
  readonly settings: { readonly interfaceEndpoints: readonly EndpointService[] };
}): readonly Problem[] {
  const { interfaceEndpoints } = given.settings;
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
