import { DataResource } from "cdktf";
import { z } from "zod";
import { defineLayer } from "../lib/layer/layer";
import { text } from "../lib/layer/outputs";
import { vpc } from "../modules/vpc/layer";

/** A layer that nobody knows: one folder's worth of code, to prove that nothing else has to change. */
export const toy = defineLayer({
  name: "toy-cache",
  summary: "Cache that exists in tests only",
  settings: z.strictObject({ nodes: z.int().min(1).default(2).describe("Cache nodes") }),
  needs: { vpc },
  outputs: { endpoint: text("Address that clients connect to") },
  build(stack, { settings, from }) {
    const cache = new DataResource(stack, "cache", { input: { nodes: settings.nodes, vpc: from.vpc.vpcId } });
    return { endpoint: cache.id };
  },
});
