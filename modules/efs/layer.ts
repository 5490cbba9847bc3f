import { defineLayer } from "../../lib/layer/layer";
import { byKey, text } from "../../lib/layer/outputs";
import { audit } from "../audit/layer";
import { kms } from "../kms/layer";
import { vpc } from "../vpc/layer";
import { addAccessPoints } from "./access-points";
import { addAlarms } from "./alarms";
import { addFileSystem } from "./file-system";
import { addMountTargets } from "./mount-targets";
import { restorableFileSystem } from "./restore";
import { Settings } from "./settings";

/** The shared file system that pods mount. */
export const efs = defineLayer({
  name: "efs",
  summary: "Encrypted shared file system with a mount target in every zone",
  settings: Settings,
  needs: { kms, audit, vpc },
  outputs: {
    fileSystemId: text("EFS file system that the storage classes use", /^fs-/),
    fileSystemArn: text("ARN of the file system", /:file-system\/fs-/),
    securityGroupId: text("Security group of the mount targets, which allows the nodes", /^sg-/),
    accessPointIds: byKey("ID of the access point, by its name in the settings"),
  },
  restore: async ({ environment, outputs, from, stamp }) => {
    const { keyArns } = await from.kms();
    const { privateSubnetIds } = await from.vpc();
    const { fileSystemId, fileSystemArn, securityGroupId } = outputs;
    const subnetIds = Object.values(privateSubnetIds);
    const original = { fileSystemId, fileSystemArn, securityGroupId, subnetIds, dataKeyArn: keyArns.data };
    return restorableFileSystem(original, `${environment.name}-restored-${stamp}`);
  },
  build(stack, { settings, from }) {
    const fileSystem = addFileSystem(stack, settings, from.kms.keyArns.at("data"));
    addAlarms(stack, settings, { fileSystemId: fileSystem.id, topicArn: from.audit.topicArn });
    return {
      fileSystemId: fileSystem.id,
      fileSystemArn: fileSystem.arn,
      securityGroupId: addMountTargets(stack, fileSystem.id, from.vpc).id,
      accessPointIds: addAccessPoints(stack, fileSystem.id, settings.accessPoints),
    };
  },
});
