import { z } from "zod";

/** A period that CloudWatch Logs offers, in days (API reference of PutRetentionPolicy). */
export const logRetentionDays = z.literal(
  [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653],
  "must be a period that CloudWatch Logs offers, e.g. 30, 90, 365, 731 or 1827",
);
