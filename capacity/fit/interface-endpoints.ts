import type { SynthesisedJson } from "../../synthesis/environment";
import type { Resource } from "../../synthesis/resource";

/** The endpoints that are billed and count against quotas; gateway endpoints are not. */
export function interfaceEndpoints(synthesised: SynthesisedJson): readonly Resource[] {
  return synthesised
    .of("aws_vpc_endpoint")
    .filter((endpoint) => endpoint.is("vpc_endpoint_type", "Interface"));
}
