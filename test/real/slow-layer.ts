import { DataResource } from "cdktf";
import { z } from "zod";
import { defineLayer } from "../../lib/layer/layer";

/** An extension whose apply takes long enough for a second run to start. */
export const layer = defineLayer({
  name: "slow",
  summary: "Something slow",
  settings: z.strictObject({}),
  needs: {},
  outputs: {},
  build(stack) {
    new DataResource(stack, "nap", { provisioners: [{ type: "local-exec", command: "sleep 20" }] });
    return {};
  },
});
