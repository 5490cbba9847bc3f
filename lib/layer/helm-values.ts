import { z } from "zod";

/**
 * Schemas of maps whose keys only a Helm chart knows; the environment file is searched for what would not reach the chart as
 * it is written there. Register them last, because `describe` returns a new schema.
 */
export const helmValues = z.registry<object>();
