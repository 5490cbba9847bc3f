import type { ServiceName } from "../releases/platform-release";
import type { Expectation, Thing } from "./expectation";

/** Something that charts name in any case, and that only the users of a service need. */
interface OfService extends Thing {
  readonly service: ServiceName;
}

/**
 * Edge infrastructure always runs the management presence server, with a name and a port for machines with Intel vPro in its
 * values; nothing else connects to them:
 * https://github.com/open-edge-platform/edge-manageability-framework/blob/v2026.0.0/argocd/applications/custom/infra-external.tpl
 */
const ofServices: readonly OfService[] = [
  { kind: "host", name: "mps", service: "vpro" },
  { kind: "target-port", name: "orch-gateway/traefik:4433", service: "vpro" },
];

/** Expectations that the environment has, and things that nobody needs because their service is off. */
export function withoutSwitchedOff(
  expectations: readonly Expectation[],
  services: Readonly<Partial<Record<ServiceName, boolean>>>,
): { readonly needed: readonly Expectation[]; readonly notNeeded: readonly OfService[] } {
  const off = ofServices.filter(({ service }) => services[service] === false);
  const isOff = (thing: Thing) => off.some(({ kind, name }) => kind === thing.kind && name === thing.name);
  return {
    needed: expectations.filter((expectation) => !isOff(expectation)),
    notNeeded: off.filter(({ kind, name }) =>
      expectations.some((thing) => thing.kind === kind && thing.name === name),
    ),
  };
}
