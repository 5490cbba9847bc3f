import type { Problem } from "../../lib/layer";
import type { EndpointService } from "./endpoint-services";

const sessionServices = ["ssm", "ssmmessages"] as const;

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
      message: `${names} ${absent.length === 1 ? "is" : "are"} not listed, so no session reaches the bastion`,
      hint: `Add ${names} to the list`,
    },
  ];
}
