import type { z } from "zod";
import type { LayerStack } from "../../../lib/layer/stack";
import type { Settings } from "../settings";
import { addBastion } from "./bastion";
import { addSessionLog } from "./session-log";

interface OperatorAccess {
  readonly settings: z.output<typeof Settings>["bastion"];
  readonly subnetId: string;
  readonly securityGroupId: string;
  readonly logKeyArn: string;
  /** Encrypts the bastion's root volume and its sessions. */
  readonly bastionKeyArn: string;
}

/** Adds the bastion and the log of its sessions. */
export function addOperatorAccess(
  stack: LayerStack,
  { settings, subnetId, securityGroupId, logKeyArn, bastionKeyArn }: OperatorAccess,
) {
  const { instanceId, role } = addBastion(stack, {
    ...settings,
    subnetId,
    securityGroupId,
    keyArn: bastionKeyArn,
  });
  const sessionDocumentName = addSessionLog(stack, {
    role,
    logKeyArn,
    sessionKeyArn: bastionKeyArn,
    retentionInDays: settings.sessionLogRetentionDays,
  });
  return { bastionInstanceId: instanceId, sessionDocumentName };
}
