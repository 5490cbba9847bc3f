import { z } from "zod";
import { sameness } from "../../../lib/layer/sameness";

const name = "[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?";
const subdomain = "[a-z0-9]([a-z0-9-]*[a-z0-9])?";
/** https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set */
const keyForm = new RegExp(`^(${subdomain}(\\.${subdomain})*/)?${name}$`);
const valueForm = new RegExp(`^${name}$`);
/** Of keys with their prefix, and of values: https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateNodegroup.html */
const mostCharacters = 63;

/** The key of a taint: https://docs.aws.amazon.com/eks/latest/userguide/node-taints-managed-node-groups.html */
const taintKey = z
  .string()
  .max(mostCharacters)
  .regex(
    keyForm,
    'must be a name of letters, digits and . _ - with an optional domain before it, e.g. "example.com/dedicated"',
  );

/** The key of a label: of those that Kubernetes reserves, only what a kubelet may set on its own node. */
const labelKey = taintKey.refine(
  (key) => !isReserved(key),
  'must not have a prefix that is reserved for Kubernetes or EKS, with which nodes cannot join; use your own domain or node.kubernetes.io, e.g. "example.com/role"',
);

const value = z
  .string()
  .max(mostCharacters)
  .regex(valueForm, 'must be letters, digits and . _ - with a letter or digit at both ends, e.g. "gpu"');

/** Kubernetes labels of the nodes of a group; EKS accepts no empty value. */
export const Labels = z.record(labelKey, value);

/** Unlike that of a label, it may be empty: https://docs.aws.amazon.com/eks/latest/APIReference/API_Taint.html */
const taintValue = z
  .string()
  .max(mostCharacters)
  .regex(
    new RegExp(`^(${name})?$`),
    'must be empty, or letters, digits and . _ - with a letter or digit at both ends, e.g. "gpu"',
  );

/** A Kubernetes taint of the nodes of a group; its value is optional. */
export const Taint = z
  .strictObject({
    key: taintKey.describe("Taint key"),
    value: taintValue.optional().describe("Taint value"),
    effect: z
      .enum(["NO_SCHEDULE", "NO_EXECUTE", "PREFER_NO_SCHEDULE"])
      .default("NO_SCHEDULE")
      .describe("Effect on pods that do not tolerate the taint"),
  })
  .register(sameness, { key: keyAndEffect, parts: "key and effect" });

/** kubelet does not start with "duplicated taints with the same key and effect": https://github.com/kubernetes/kubernetes/blob/v1.34.0/pkg/util/taints/taints.go */
function keyAndEffect(taint: unknown): string {
  const { key, effect } = z.object({ key: z.string(), effect: z.string() }).parse(taint);
  return `${effect} ${key}`;
}

/** Labels that kubelet sets although their prefix is reserved: https://kubernetes.io/docs/reference/command-line-tools-reference/kubelet/, --node-labels */
const allowed: ReadonlySet<string> = new Set([
  ...["beta.kubernetes.io/arch", "beta.kubernetes.io/instance-type", "beta.kubernetes.io/os"],
  ...["failure-domain.beta.kubernetes.io/region", "failure-domain.beta.kubernetes.io/zone"],
  ...["kubernetes.io/arch", "kubernetes.io/hostname", "kubernetes.io/os"],
  ...["topology.kubernetes.io/region", "topology.kubernetes.io/zone"],
]);

/** The prefix eks.amazonaws.com is refused by EKS itself: https://github.com/eksctl-io/eksctl/issues/4007 */
function isReserved(key: string): boolean {
  const [prefix = "", ...rest] = key.split("/");
  if (rest.length === 0 || allowed.has(key)) return false;
  if (isWithin(prefix, "kubelet.kubernetes.io") || isWithin(prefix, "node.kubernetes.io")) return false;
  return ["kubernetes.io", "k8s.io", "eks.amazonaws.com"].some((domain) => isWithin(prefix, domain));
}

function isWithin(prefix: string, domain: string): boolean {
  return prefix === domain || prefix.endsWith(`.${domain}`);
}
