import { defineLayer } from "../../lib/layer";
import { byKey } from "../../lib/outputs";
import { dataClasses } from "./data-classes";
import { Settings } from "./settings";

/** One customer-managed key per class of data. */
export const kms = defineLayer({
  name: "kms",
  summary: "KMS keys, one per class of data",
  settings: Settings,
  needs: {},
  outputs: {
    keyArns: byKey("ARN of the key, by class of data", dataClasses),
  },
  build() {
    throw new Error("not built yet");
  },
});
