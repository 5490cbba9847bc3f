// Must not compile: checked by `tsc`, an expected error above each wrong line.
import { z } from "zod";
import { defineLayer } from "../../lib/layer/layer";
import { byKey, text } from "../../lib/layer/outputs";
import { privateEndpoint } from "../../lib/layer/private-endpoint";
import { eks } from "../../modules/eks/layer";
import { vpc } from "../../modules/vpc/layer";

const settings = z.strictObject({ size: z.number() });
const base = { summary: "", settings, needs: { vpc }, outputs: { id: text("ID") } };
const keyed = { ...base, outputs: { arns: byKey("ARNs", ["a", "b"]) } };

// @ts-expect-error a promised output that build() does not return
defineLayer({ ...base, name: "a", build: () => ({}) });
// @ts-expect-error an output of a need that does not exist
defineLayer({ ...base, name: "b", build: (_, { from }) => ({ id: from.vpc.nothing }) });
// @ts-expect-error a layer that is not declared as needed
defineLayer({ ...base, name: "c", build: (_, { from }) => ({ id: from.eks.clusterName }) });
// @ts-expect-error a keyed output of a need where a text is promised
defineLayer({ ...base, name: "d", build: (_, { from }) => ({ id: from.vpc.privateSubnetIds }) });
// @ts-expect-error a placeholder of another layer must not be indexed
defineLayer({ ...base, name: "e", build: (_, { from }) => ({ id: from.vpc.natPublicIps["z"] }) });
// @ts-expect-error a setting that is not declared
defineLayer({ ...base, name: "f", build: (_, given) => ({ id: given.settings.colour }) });
// @ts-expect-error a keyed output without one of its keys
defineLayer({ ...keyed, name: "g", build: () => ({ arns: { a: "" } }) });
// @ts-expect-error a profile that is not given values
defineLayer({ ...base, name: "h", scale: { default: { size: 1 } }, build: () => ({ id: "" }) });
// @ts-expect-error a private server in an output that does not exist
privateEndpoint(eks, { url: "address", authority: "certificateAuthority", variable: "v" });
