import type { Environment } from "../../../lib/layer/environment-schema";

/** Tags as AWS lists them. */
export type TagList =
  readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[] | undefined;

/**
 * By any of these, the object is of this cluster and of nobody else: the first is written by Kubernetes' cloud provider and by the
 * EBS CSI driver, the second by the AWS Load Balancer Controller. `shared` in place of `owned` is what others use as well.
 * https://github.com/kubernetes/cloud-provider-aws/blob/v1.33.0/pkg/providers/v1/tags.go
 * https://github.com/kubernetes-sigs/aws-ebs-csi-driver/blob/v1.64.0/docs/tagging.md
 * https://github.com/kubernetes-sigs/aws-load-balancer-controller/blob/v2.13.0/pkg/deploy/tracking/provider.go
 */
export function ownerTags({ name }: Pick<Environment, "name">): readonly (readonly [string, string])[] {
  return [
    [`kubernetes.io/cluster/${name}`, "owned"],
    ["elbv2.k8s.aws/cluster", name],
  ];
}

/** Whether a program in the cluster created it: it has the cluster's tag, and not that of a layer, whose objects are Terraform's. */
export function isOfCluster(environment: Pick<Environment, "name" | "tagKeys">, tags: TagList): boolean {
  const given = Object.fromEntries((tags ?? []).map(({ Key = "", Value = "" }) => [Key, Value]));
  if (given[environment.tagKeys.layer] !== undefined) return false;
  return ownerTags(environment).some(([key, value]) => given[key] === value);
}

/** The same as filters of EC2, each of a list of its own. */
export function ownerFilters(environment: Pick<Environment, "name">) {
  return ownerTags(environment).map(([key, value]) => ({ Name: `tag:${key}`, Values: [value] }));
}
