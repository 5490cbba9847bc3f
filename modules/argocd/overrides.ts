import { z } from "zod";

/** Whether Terraform would evaluate part of a value, which it reads as text of a template. */
function isEvaluated(value: unknown): boolean {
  return /[$%]\{/.test(JSON.stringify(value));
}

/** Values of charts, as JSON. */
export const ChartValues = z
  .record(z.string(), z.unknown())
  .refine((values) => !isEvaluated(values), "must not contain ${ or %{, which Terraform would evaluate");

/** Values of the platform's charts, by the name of the application that deploys each. */
export const Overrides = z.record(
  z.string().regex(/^[a-z0-9]+(?:[-_][a-z0-9]+)*$/, 'must be the name of an application, e.g. "harbor-oci"'),
  ChartValues.describe("Values of the application's chart"),
);
