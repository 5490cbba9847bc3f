import { z } from "zod";
import { defineLayer } from "../../lib/layer/layer";
import { byKey } from "../../lib/layer/outputs";
import { type DataClass, dataClasses } from "./data-classes";
import { addKey } from "./keys";
import { retainedKeys } from "./retained-keys";
import { Settings } from "./settings";

/** What the audit layer, a later one, has a key for. */
const Audit = z.looseObject({ budget: z.unknown().optional() });

/** One customer-managed key per class of data. */
export const kms = defineLayer({
  name: "kms",
  summary: "KMS keys, one per class of data",
  settings: Settings,
  needs: {},
  outputs: {
    keyArns: byKey("ARN of the key, by class of data", dataClasses),
  },
  retained: ({ environment }) => retainedKeys(environment),
  build(stack, { settings, settingsOf }) {
    const budget = settingsOf("audit", Audit).budget !== undefined;
    const arnOf = (dataClass: DataClass) => addKey(stack, dataClass, { ...settings, budget });
    return {
      keyArns: {
        eks: arnOf("eks"),
        data: arnOf("data"),
        logs: arnOf("logs"),
        backup: arnOf("backup"),
        vault: arnOf("vault"),
      },
    };
  },
});
