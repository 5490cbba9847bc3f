import { DataResource } from "cdktf";
import { z } from "zod";
import { defineLayer } from "../../lib/layer/layer";

/** An extension whose apply goes on until a file exists, for as long as a second run needs. */
export const layer = defineLayer({
  name: "slow",
  summary: "Something slow",
  settings: z.strictObject({ until: z.string().describe("The file") }),
  needs: {},
  outputs: {},
  build(stack, { settings }) {
    const command = `for second in $(seq 1 600); do [ -e '${settings.until}' ] && break; sleep 1; done`;
    new DataResource(stack, "nap", { provisioners: [{ type: "local-exec", command }] });
    return {};
  },
});
