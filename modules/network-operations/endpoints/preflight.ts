import { serviceName } from "../../../lib/aws-facts/endpoint-services";
import { awsCall, sent } from "../../../lib/layer/aws-call";
import type { Environment } from "../../../lib/layer/environment-schema";
import { type Hindrance, type Preflight, preflight } from "../../../lib/layer/preflight";
import type { EndpointService } from "./services";

/**
 * Checks that interface endpoints of these services can be created in every zone: newer regions lack some services, and
 * a service need not be in every zone, https://repost.aws/knowledge-center/interface-endpoint-availability-zone
 */
export function endpointsCheck(environment: Environment, services: readonly EndpointService[]): Preflight {
  const names = services.map((service) => serviceName(service, environment));
  const filters = { "service-name": names, "service-type": ["Interface"] };
  const Filters = Object.entries(filters).map(([Name, Values]) => ({ Name, Values }));
  return preflight({
    about: "services of interface endpoints",
    call: awsCall("ec2", "DescribeVpcEndpointServices", { Filters }),
    actions: ["ec2:DescribeVpcEndpointServices"],
    verdict: ({ ServiceDetails }) => {
      const zonesByName = new Map(
        sent(ServiceDetails, "ServiceDetails").map(({ ServiceName = "", AvailabilityZones = [] }) => [
          ServiceName,
          AvailabilityZones,
        ]),
      );
      return services.flatMap((service, index) =>
        missing(service, { wanted: environment.zones, offered: zonesByName.get(names[index] ?? "") ?? [] }),
      );
    },
  });
}

function missing(
  service: EndpointService,
  { wanted, offered }: { readonly wanted: readonly string[]; readonly offered: readonly string[] },
): readonly Hindrance[] {
  const lacking = wanted.filter((zone) => !offered.includes(zone));
  if (lacking.length === 0) return [];
  return [
    {
      reason: `layers.network-operations.interfaceEndpoints lists "${service}", for which AWS offers no endpoint in ${lacking.join(", ")}`,
      cure: `Remove "${service}" from layers.network-operations.interfaceEndpoints in the environment file; its traffic then leaves the VPC like other traffic to the internet`,
    },
  ];
}
