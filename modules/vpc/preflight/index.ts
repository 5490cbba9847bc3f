import type { z } from "zod";
import { offeringsCheck } from "../../../lib/aws-facts/instance-offerings";
import type { Environment } from "../../../lib/layer/environment-schema";
import type { Preflight } from "../../../lib/layer/preflight";
import type { Settings } from "../settings";
import { endpointsCheck } from "./endpoints";
import { zonesCheck } from "./zones";

/** Checks of the region before the network is created in it. */
export function networkChecks(
  environment: Environment,
  { bastion, interfaceEndpoints }: z.output<typeof Settings>,
): readonly Preflight[] {
  return [
    zonesCheck(environment),
    offeringsCheck("instance type of the bastion", [
      {
        setting: "layers.vpc.bastion.instanceType",
        instanceType: bastion.instanceType,
        zones: environment.zones.slice(0, 1),
      },
    ]),
    ...(interfaceEndpoints.length === 0 ? [] : [endpointsCheck(environment, interfaceEndpoints)]),
  ];
}
