import { z } from "zod";
import { helmValues } from "../../lib/layer/helm-values";

const values = () => z.record(z.string(), z.unknown());

/** Values of charts, as JSON. */
export const ChartValues = values().register(helmValues, {});

/** Values of the platform's charts, by the name of the application that deploys each. */
export const Overrides = z.record(
  z.string().regex(/^[a-z0-9]+(?:[-_][a-z0-9]+)*$/, 'must be the name of an application, e.g. "harbor-oci"'),
  values().describe("Values of the application's chart").register(helmValues, {}),
);
