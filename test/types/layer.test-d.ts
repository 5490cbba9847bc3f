// Must not compile: checked by `tsc`, each line below an expected error.
import { z } from "zod";
import { defineLayer } from "../../lib/layer";
import { byKey, text } from "../../lib/outputs";
import { vpc } from "../../modules/vpc/layer";

const base = {
  summary: "",
  settings: z.strictObject({ size: z.number() }),
  needs: { vpc },
  outputs: { id: text("ID") },
};

// @ts-expect-error a promised output that build() does not return
defineLayer({ ...base, name: "a", build: () => ({}) });
// @ts-expect-error an output of a need that does not exist
defineLayer({ ...base, name: "b", build: (_, { from }) => ({ id: from.vpc.nothing }) });
// @ts-expect-error a layer that is not declared as needed
defineLayer({ ...base, name: "c", build: (_, { from }) => ({ id: from.eks.clusterName }) });
// @ts-expect-error a keyed output of a need where a text is promised
defineLayer({ ...base, name: "d", build: (_, { from }) => ({ id: from.vpc.privateSubnetIds }) });
// @ts-expect-error a placeholder map of another layer must not be indexed
defineLayer({
  ...base,
  name: "e",
  build: (_, { from }) => ({ id: from.vpc.privateSubnetIds["us-west-2a"] }),
});
// @ts-expect-error a setting that is not declared
defineLayer({ ...base, name: "f", build: (_, { settings }) => ({ id: settings.colour }) });
// @ts-expect-error a keyed output without one of its keys
defineLayer({
  ...base,
  name: "g",
  outputs: { arns: byKey("ARNs", ["a", "b"]) },
  build: () => ({ arns: { a: "" } }),
});
// @ts-expect-error scale values for a setting that is not declared
defineLayer({ ...base, name: "h", scale: { default: { colour: 1 } }, build: () => ({ id: "" }) });
