import { z } from "zod";

/** The name of a region of a supported partition, also of one that is newer than this release. */
export const regionName = z
  .string()
  .regex(/^([a-z]{2}|eusc)(-[a-z]+)+-\d$/, 'must be an AWS region, e.g. "us-west-2"')
  .refine((name) => !/^eusc-|-iso/.test(name), "must be a region of the partition aws, aws-us-gov or aws-cn");
