import { EfsAccessPoint } from "@cdktf/provider-aws/lib/efs-access-point";
import type { LayerStack } from "../../lib/layer/stack";
import type { Settings } from "./settings";

type AccessPoints = Settings["accessPoints"];

/** Adds the access points of the settings; returns their IDs by name. */
export function addAccessPoints(
  stack: LayerStack,
  fileSystemId: string,
  accessPoints: AccessPoints,
): Readonly<Record<string, string>> {
  const ids = Object.entries(accessPoints).map(([name, { path, uid, gid, permissions }]) => {
    const accessPoint = new EfsAccessPoint(stack, `access-point-${name}`, {
      fileSystemId,
      posixUser: { uid, gid },
      rootDirectory: { path, creationInfo: { ownerUid: uid, ownerGid: gid, permissions } },
      tags: { Name: `${stack.environment.name}-${name}` },
    });
    return [name, accessPoint.id] as const;
  });
  return Object.fromEntries(ids);
}
