import { textsAt } from "../synthesis/resource";

/**
 * Whether a key is at a path below a block, and is none of the keys that AWS manages for its services:
 * https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#aws-managed-key
 */
export function hasCustomerKey(block: unknown, path: string): boolean {
  const keys = textsAt(block, path);
  return keys.length > 0 && keys.every((key) => !/(^|:)alias\/aws\//.test(key));
}
