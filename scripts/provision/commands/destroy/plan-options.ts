import type { AnyLayer } from "../../../../lib/layer/layer";
import { layerFolder } from "../../../../synthesis/folder";
import { readLayer } from "../../../../synthesis/read";
import type { Run } from "../../run/run";

/**
 * How the plan of a destroy is created. Terraform refreshes by a plan of the whole configuration, for which the Helm provider
 * downloads every chart: an outage of a chart repository would block the destroy. Without it, what no longer exists is
 * planned as well, and found missing when it is deleted:
 * https://github.com/hashicorp/terraform/blob/v1.11.4/internal/terraform/context_plan.go (destroyPlan),
 * https://github.com/hashicorp/terraform-provider-helm/blob/v3.1.1/helm/resource_helm_release.go (ModifyPlan)
 */
export function destroyOptions({ world, folders }: Run, { name }: AnyLayer): readonly string[] {
  const { resource = {} } = readLayer(world.files, layerFolder(folders.unprotected, name));
  return "helm_release" in resource ? ["-destroy", "-refresh=false"] : ["-destroy"];
}
