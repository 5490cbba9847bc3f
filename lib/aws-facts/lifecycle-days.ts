import { z } from "zod";

/** S3's type Integer has 32 bits: https://docs.aws.amazon.com/AmazonS3/latest/API/API_NoncurrentVersionExpiration.html */
const mostDays = 2_147_483_647;

/** Days after which a lifecycle rule of S3 or ECR deletes something. */
export function lifecycleDays(least: number): z.ZodNumber {
  return z.int().min(least).max(mostDays);
}
