import type { z } from "zod";
import { natSourceProblems } from "../../../lib/constructs/nat-source-problems";
import type { Environment } from "../../../lib/layer/environment-schema";
import type { Problem } from "../../../lib/layer/layer";
import { problemsOf } from "../../../lib/layer/waiting-rules";
import type { vpc } from "../../vpc/layer";
import type { Settings } from "../settings";

type Network = z.output<typeof vpc.settings>["network"];

interface CheckInputs {
  readonly environment: Pick<Environment, "access">;
  readonly settings: Pick<z.output<typeof Settings>, "scheme">;
  readonly needs: { readonly vpc: { readonly network: Network } };
}

/** Reports what an existing network lacks for internet-facing load balancers. */
export function networkProblems({ environment, settings, needs }: CheckInputs): readonly Problem[] {
  const { network } = needs.vpc;
  if (settings.scheme === "internal") return [];
  return problemsOf(
    () => withoutPublicSubnet(network),
    // Argo CD clones from Gitea by its public name, so its pods are clients of the load balancer.
    () =>
      natSourceProblems(network, {
        access: environment.access,
        lists: ["adminCidrs", "publicCidrs"],
        target: "the load balancers",
      }),
  );
}

/**
 * The subnets of an internet-facing load balancer are public:
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/how-elastic-load-balancing-works.html
 */
function withoutPublicSubnet(network: Network): readonly Problem[] {
  if (network.source === "new") return [];
  const lacking = Object.entries(network.zones).filter(
    ([, { publicSubnetId }]) => publicSubnetId === undefined,
  );
  return lacking.map(([zone]) => ({
    path: ["layers", "vpc", "network", "zones", zone],
    message: 'has no publicSubnetId, but layers.lb-waf.scheme is "internet-facing"',
    hint: 'Specify the public subnet, or set layers.lb-waf.scheme to "internal"',
  }));
}
