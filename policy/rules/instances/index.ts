import type { Rule } from "../../rule";
import { accountVolumesEncrypted } from "./account-volumes-encrypted";
import { instanceEbsOptimised } from "./instance-ebs-optimised";
import { instanceKeyPair } from "./instance-key-pair";
import { instanceManaged } from "./instance-managed";
import { instanceMetadataHops } from "./instance-metadata-hops";
import { instanceMetadataTokens } from "./instance-metadata-tokens";
import { instanceMonitoring } from "./instance-monitoring";
import { instancePublicAddress } from "./instance-public-address";
import { instanceRole } from "./instance-role";
import { sessionDocumentPrivate } from "./session-document-private";
import { sessionEncrypted } from "./session-encrypted";
import { sessionLogged } from "./session-logged";
import { volumesEncrypted } from "./volumes-encrypted";

/** Rules about instances and their disks. */
export const instancesRules: readonly Rule[] = [
  instanceMetadataTokens,
  instanceMetadataHops,
  volumesEncrypted,
  instanceMonitoring,
  instanceEbsOptimised,
  instanceRole,
  instancePublicAddress,
  instanceKeyPair,
  instanceManaged,
  sessionDocumentPrivate,
  sessionEncrypted,
  sessionLogged,
  accountVolumesEncrypted,
];
