import type { Api } from "../api";

const version = "/apis/elbv2.k8s.aws/v1beta1";
/** https://github.com/kubernetes-sigs/aws-load-balancer-controller/blob/v2.13.4/pkg/targetgroupbinding/resource_manager.go */
const finalizer = "elbv2.k8s.aws/resources";

/** Puts the finalizer on TargetGroupBindings and takes it off those that are deleted, as the load balancer controller does. */
export async function moveBindings(api: Api): Promise<void> {
  const bindings = await api.list(`${version}/targetgroupbindings`);
  await Promise.all(
    bindings.map(async ({ metadata }) => {
      const { name, namespace = "", finalizers = [], deletionTimestamp } = metadata;
      const held = finalizers.includes(finalizer);
      const wanted = deletionTimestamp === undefined;
      if (held === wanted) return;
      const others = finalizers.filter((one) => one !== finalizer);
      const path = `${version}/namespaces/${namespace}/targetgroupbindings/${name}`;
      await api.merge(path, { metadata: { finalizers: wanted ? [...others, finalizer] : others } });
    }),
  );
}
