import { each } from "../../checks";
import type { SynthesisedJson } from "../../../synthesis/environment";
import { type Resource, textsAt } from "../../../synthesis/resource";
import type { Rule } from "../../rule";

export const volumesEncrypted: Rule = {
  id: "volumes-encrypted",
  title: "Every disk of an instance is encrypted with a customer-managed key",
  publicIds: ["CKV_AWS_8", "AWS-0008", "AWS-0131", "EC2.181"],
  reason: "Snapshots and discarded disks are readable by whoever gets hold of them",
  fix: "Set encrypted and kms_key_id of the disk",
  check: each(["aws_instance", "aws_launch_template", "aws_ebs_volume"], (resource, document) => {
    const disks = disksOf(resource, document);
    if (disks.length === 0) return "its root disk is as the image has it";
    const open = disks.some(
      (disk) => textsAt(disk, "encrypted")[0] !== "true" || textsAt(disk, "kms_key_id").length === 0,
    );
    return open ? "a disk is not encrypted with a customer-managed key" : undefined;
  }),
};

function disksOf(resource: Resource, document: SynthesisedJson): readonly unknown[] {
  if (resource.type === "aws_ebs_volume") return [resource.given];
  const own = [
    ...resource.values("root_block_device"),
    ...resource.values("ebs_block_device"),
    ...resource.values("block_device_mappings.ebs"),
  ];
  const template = document.targets(resource, "launch_template.id");
  return [...own, ...template.flatMap((found) => found.values("block_device_mappings.ebs"))];
}
