import type { Resource } from "../synthesis/resource";

/** Whether a load balancer understands HTTP, which is what AWS makes unless told otherwise. */
export function isApplication(balancer: Resource): boolean {
  return !balancer.has("load_balancer_type") || balancer.is("load_balancer_type", "application");
}
