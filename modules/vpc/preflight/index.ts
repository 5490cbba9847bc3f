import type { z } from "zod";
import type { Environment } from "../../../lib/layer/environment-schema";
import type { Preflight } from "../../../lib/layer/preflight";
import type { Settings } from "../settings";
import { endpointsCheck } from "./endpoints";
import { zonesCheck } from "./zones";

/** Checks of the region before the network is created in it. */
export function networkChecks(
  environment: Environment,
  { interfaceEndpoints }: z.output<typeof Settings>,
): readonly Preflight[] {
  return [
    zonesCheck(environment),
    ...(interfaceEndpoints.length === 0 ? [] : [endpointsCheck(environment, interfaceEndpoints)]),
  ];
}
