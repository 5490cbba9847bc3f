import type { Rule } from "../../rule";
import { accountPublicAccess } from "./account-public-access";
import { bucketAccessLog } from "./bucket-access-log";
import { bucketEncrypted } from "./bucket-encrypted";
import { bucketEvents } from "./bucket-events";
import { bucketKey } from "./bucket-key";
import { bucketLifecycle } from "./bucket-lifecycle";
import { bucketOwner } from "./bucket-owner";
import { bucketPublicAccess } from "./bucket-public-access";
import { bucketTls } from "./bucket-tls";
import { bucketUploads } from "./bucket-uploads";
import { bucketVersions } from "./bucket-versions";

/** Rules about buckets. */
export const s3Rules: readonly Rule[] = [
  bucketPublicAccess,
  bucketVersions,
  bucketEncrypted,
  bucketKey,
  bucketOwner,
  bucketTls,
  bucketAccessLog,
  bucketLifecycle,
  bucketUploads,
  bucketEvents,
  accountPublicAccess,
];
