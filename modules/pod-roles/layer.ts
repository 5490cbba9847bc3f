import { z } from "zod";
import { defineLayer } from "../../lib/layer/layer";
import { byKey, type Received } from "../../lib/layer/outputs";
import { eks } from "../eks/layer";
import { kms } from "../kms/layer";
import { objectStore } from "../object-store/layer";
import { route53 } from "../route53/layer";
import { associatePrograms } from "./associations";
import { podPolicies, type PodResources } from "./policies";
import { platformRolesCheck } from "./preflight";
import { programs } from "./programs";
import { addPodRoles, mapPrograms } from "./roles";

const needs = { kms, route53, objectStore, eks };

/** Outputs of the other layers. */
type From = { readonly [Alias in keyof typeof needs]: Received<(typeof needs)[Alias]["outputs"]> };

/**
 * The IAM roles of pods that charts install. Apart from the cluster, which therefore does not wait for the zones, the
 * certificate and the buckets that these roles name.
 */
export const podRoles = defineLayer({
  name: "pod-roles",
  summary: "IAM roles of the programs that charts install, and their service accounts",
  settings: z.strictObject({}),
  needs,
  outputs: {
    podRoleArns: byKey("ARN of the IAM role that a program's pods assume, by program", programs),
  },
  preflight: ({ environment }) => [platformRolesCheck(environment)],
  build(stack, { needs, from }) {
    const identity = {
      by: needs.eks.podIdentity,
      clusterArn: from.eks.clusterArn,
      oidcProviderArn: from.eks.oidcProviderArn,
      oidcIssuer: from.eks.oidcIssuer,
    };
    const resources = podResources(from, {
      tracing: needs.objectStore.tracing,
      synchronised: needs.route53.certificate.source === "lets-encrypt",
    });
    const policies = podPolicies(stack, resources);
    const roles = addPodRoles(stack, identity, policies);
    if (identity.by === "pod-identity") associatePrograms(stack, from.eks.clusterName, roles);
    return { podRoleArns: mapPrograms(roles, ({ arn }) => arn) };
  },
});

function podResources(
  { kms, route53, objectStore }: From,
  { tracing, synchronised }: { readonly tracing: boolean; readonly synchronised: boolean },
): PodResources {
  const { policyArns, tracingPolicyArns: tracingArns } = objectStore;
  return {
    vaultKeyArn: kms.keyArns.at("vault"),
    publicZoneId: route53.publicZoneId,
    synchronisedCertificateArn: synchronised ? route53.certificateArn : undefined,
    bucketPolicyArns: {
      write: { "loki-write": policyArns.at("loki-write"), "mimir-write": policyArns.at("mimir-write") },
      read: {
        "loki-read": policyArns.at("loki-read"),
        "mimir-read": policyArns.at("mimir-read"),
        ...(tracing ? { "tempo-read": tracingArns.at("tempo-read") } : {}),
      },
      traces: tracing ? { "tempo-write": tracingArns.at("tempo-write") } : undefined,
    },
  };
}
