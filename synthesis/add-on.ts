import { z } from "zod";
import type { SynthesisedJson } from "./environment";
import type { Resource } from "./resource";

const Configuration = z.object({
  node: z.object({ volumeAttachLimit: z.int().optional() }).prefault({}),
});

/** The number of volumes per node that an add-on with the EBS CSI driver reports; undefined if the driver counts. */
export function volumeLimitOf(addon: Resource): number | undefined {
  const configuration: unknown = JSON.parse(addon.texts("configuration_values")[0] ?? "{}");
  return Configuration.parse(configuration).node.volumeAttachLimit;
}

/** The add-ons with the EBS CSI driver. */
export function volumeDrivers(synthesised: SynthesisedJson): readonly Resource[] {
  return synthesised.of("aws_eks_addon").filter((addon) => addon.is("addon_name", "aws-ebs-csi-driver"));
}
