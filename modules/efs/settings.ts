import { z } from "zod";

const AccessPoint = z.strictObject({
  path: z
    .string()
    .regex(/^(\/[A-Za-z0-9._-]+){1,4}$/, 'must be an absolute path of at most four folders, e.g. "/registry"')
    .describe("Folder that clients of the access point see as their root; created when missing"),
  uid: z
    .int()
    .min(1)
    .max(4294967295)
    .describe("POSIX user that every access is made as, and that owns the folder"),
  gid: z
    .int()
    .min(1)
    .max(4294967295)
    .describe("POSIX group that every access is made as, and that owns the folder"),
  permissions: z
    .string()
    .regex(/^0?[0-7]{3}$/, 'must be an octal mode in quotes, e.g. "0700"')
    .default("0700")
    .describe("Mode of the folder when it is created"),
});

/** What an environment file may say about the efs layer. */
export const Settings = z.strictObject({
  throughputMode: z
    .enum(["elastic", "bursting"])
    .default("elastic")
    .describe(
      "elastic follows demand and bills each GB read and written (about 0.03 and 0.06 USD); bursting earns credits by size",
    ),
  transitionToInfrequentAccessDays: z
    .literal([1, 7, 14, 30, 60, 90, 180, 270, 365])
    .default(7)
    .describe(
      "Days without access after which a file moves to cheaper storage; the next access moves it back",
    ),
  accessPoints: z
    .record(
      z.string().regex(/^[a-z][a-z0-9-]*$/, "must be lower-case letters, digits and dashes"),
      AccessPoint,
    )
    .default({})
    .describe("Access points by name; the EFS CSI driver makes those of its volumes itself"),
});

/** Checked settings of the efs layer. */
export type Settings = z.output<typeof Settings>;
