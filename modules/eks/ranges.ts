import { Address4 } from "ip-address";
import { z } from "zod";
import { isPrivate, reservedIn } from "../../lib/aws-facts/reserved-ranges";

/** A range in the notation that AWS stores: any other would be a change in every plan. */
const range = (example: string, whyNotIpv6 = "") =>
  z
    .cidrv4({
      // What is no range has no network address either, which the next check would ask for.
      abort: true,
      error: ({ input }) =>
        z.cidrv6().safeParse(input).success
          ? `must be an IPv4 range${whyNotIpv6}`
          : `must be an IPv4 range, e.g. "${example}"`,
    })
    .refine(
      (text) => !Address4.isValid(text) || new Address4(text).networkForm() === text,
      `must start at its network address, e.g. "${example}"`,
    );

/** The destination of a security group rule. */
export const destination = range("203.0.113.10/32");

/**
 * A source range of the public endpoint. EKS refuses reserved addresses, also those of documentation, with "The following
 * CIDRs are not allowed in publicAccessCidrs": https://docs.aws.amazon.com/eks/latest/userguide/config-cluster-endpoint.html
 */
export const publicRange = range(
  "18.0.0.0/24",
  // https://docs.aws.amazon.com/eks/latest/APIReference/API_VpcConfigRequest.html
  ", because EKS accepts IPv6 ranges only for clusters whose pods have IPv6 addresses",
).superRefine((text, context) => {
  if (!Address4.isValid(text) || text === "0.0.0.0/0") return;
  const reserved = reservedIn(text);
  if (reserved === undefined) return;
  context.addIssue({
    code: "custom",
    message: `"${text}" has addresses of "${reserved}", which are reserved and not allowed by EKS`,
    params: {
      hint: "List public addresses only, e.g. those of your NAT gateways; private ones reach the private endpoint",
    },
  });
});

/** The range of Kubernetes services: https://docs.aws.amazon.com/eks/latest/APIReference/API_KubernetesNetworkConfigRequest.html */
export const serviceRange = range("172.20.0.0/16")
  .refine((text) => /\/(1[2-9]|2[0-4])$/.test(text), 'must be between /12 and /24, e.g. "172.20.0.0/16"')
  .refine(
    (text) => !Address4.isValid(text) || isPrivate(text),
    'must be inside 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16, e.g. "172.20.0.0/16"',
  );
