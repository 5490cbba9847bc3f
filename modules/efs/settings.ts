import { z } from "zod";

const AccessPoint = z.strictObject({
  path: z
    .string()
    .max(100)
    // https://docs.aws.amazon.com/efs/latest/ug/API_RootDirectory.html
    .regex(
      /^(\/|(\/(?!\.)[^$#<>;`|&?{}^*/\n]+){1,4})$/,
      'must be an absolute path of at most four directories, without a dot at the beginning of one, e.g. "/registry"',
    )
    .describe("Root directory of the access point; created if it does not exist"),
  uid: z
    .int()
    .min(1)
    .max(4294967295)
    .describe("POSIX user ID of every file operation, and owner of the directory"),
  gid: z
    .int()
    .min(1)
    .max(4294967295)
    .describe("POSIX group ID of every file operation, and group of the directory"),
  permissions: z
    .string()
    // https://docs.aws.amazon.com/efs/latest/ug/API_CreationInfo.html
    .regex(/^[0-7]{3,4}$/, 'must be an octal mode in quotes, e.g. "0700"')
    .default("0700")
    .describe("Mode of the directory at creation"),
});

/** Settings of the efs layer in an environment file. */
export const Settings = z.strictObject({
  throughputMode: z
    .enum(["elastic", "bursting"])
    .default("elastic")
    .describe(
      "elastic scales with demand and is billed per GB read and written (about 0.03 and 0.06 USD); bursting accrues credits by size",
    ),
  transitionToInfrequentAccessDays: z
    .literal([1, 7, 14, 30, 60, 90, 180, 270, 365])
    .default(7)
    .describe(
      "Days without access after which a file is moved to Infrequent Access storage; the next access moves it back",
    ),
  accessPoints: z
    .record(
      z
        .string()
        .regex(/^[a-z][a-z0-9-]*$/, "must be lower-case letters, digits and dashes")
        // After the name of the environment, it is the value of a tag: https://docs.aws.amazon.com/efs/latest/ug/API_Tag.html
        .max(200),
      AccessPoint,
    )
    .default({})
    .describe("Access points by name; the EFS CSI driver creates those of its volumes itself"),
});

/** Validated settings of the efs layer. */
export type Settings = z.output<typeof Settings>;
