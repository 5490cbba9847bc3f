import { DataResource } from "cdktf";
import { z } from "zod";
import { defineLayer } from "../../lib/layer/layer";
import { text } from "../../lib/layer/outputs";
import { kms } from "../../modules/kms/layer";

/** An extension that reads the output of a built-in layer, and needs no provider to do so. */
export const layer = defineLayer({
  name: "reading",
  summary: "Reads the key of a built-in layer",
  settings: z.strictObject({}),
  needs: { kms },
  outputs: { keyArn: text("ARN of the key") },
  build(stack, { from }) {
    const keyArn = from.kms.keyArns.at("data");
    new DataResource(stack, "copy", { input: { keyArn } });
    return { keyArn };
  },
});
