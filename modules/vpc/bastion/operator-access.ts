import type { z } from "zod";
import type { LayerStack } from "../../../lib/layer/stack";
import { addBastion } from "./bastion";
import { addBastionSecurityGroup } from "./access";
import type { Network } from "../network/network";
import { addSessionLog } from "./session-log";
import type { Settings } from "../settings";
import { inZone } from "../network/zones";

interface OperatorAccess {
  readonly settings: z.output<typeof Settings>["bastion"];
  readonly network: Network;
  readonly s3PrefixListId: string;
  readonly logKeyArn: string;
  /** Encrypts the bastion's root volume and its sessions. */
  readonly bastionKeyArn: string;
}

/** Adds the bastion and the log of its sessions. */
export function addOperatorAccess(
  stack: LayerStack,
  { settings, network, s3PrefixListId, logKeyArn, bastionKeyArn }: OperatorAccess,
) {
  const bastionSecurityGroupId = addBastionSecurityGroup(stack, { network, s3PrefixListId });
  const { instanceId, role } = addBastion(stack, {
    ...settings,
    subnetId: inZone(network.privateSubnetIds, stack.environment.zones[0]),
    securityGroupId: bastionSecurityGroupId,
    keyArn: bastionKeyArn,
  });
  const sessionDocumentName = addSessionLog(stack, {
    role,
    logKeyArn,
    sessionKeyArn: bastionKeyArn,
    retentionInDays: settings.sessionLogRetentionDays,
  });
  return { bastionInstanceId: instanceId, bastionSecurityGroupId, sessionDocumentName };
}
