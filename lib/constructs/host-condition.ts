/**
 * The condition of a listener rule for one host. Elastic Load Balancing takes letters or a wildcard after the last dot, but no
 * hyphen, which every internationalised top-level domain has (xn--…): a wildcard stands for it, since the certificate is for
 * one domain anyway. https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_HostHeaderConditionConfig.html,
 * https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/2561 (the hyphen),
 * https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/987 (the wildcard)
 */
export function hostCondition(...hosts: readonly string[]): { hostHeader: { values: string[] } } {
  return { hostHeader: { values: hosts.map((host) => host.replace(/\.xn--[^.]+$/, ".*")) } };
}
