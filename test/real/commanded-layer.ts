import { DataResource } from "cdktf";
import { z } from "zod";
import { defineLayer } from "../../lib/layer/layer";

/** An extension whose apply runs a command. */
export const layer = defineLayer({
  name: "commanded",
  summary: "Something that runs a command",
  settings: z.strictObject({ command: z.string().describe("For a shell") }),
  needs: {},
  outputs: {},
  build(stack, { settings }) {
    new DataResource(stack, "act", { provisioners: [{ type: "local-exec", command: settings.command }] });
    return {};
  },
});
