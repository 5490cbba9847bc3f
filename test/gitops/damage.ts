import type { LayerJson } from "../../synthesis/environment";
import { type Arguments, textsAt } from "../../synthesis/resource";

type Layers = Readonly<Record<string, LayerJson>>;
type Change = (layers: Layers) => Layers;
type Edit = (block: Arguments) => Arguments | undefined;

/** Changes the resources of a type in every layer; those that become undefined are removed. */
function edited(type: string, edit: Edit): Change {
  const ofLayer = (json: LayerJson): LayerJson => {
    const blocks = json.resource?.[type];
    if (blocks === undefined) return json;
    const kept = Object.entries(blocks).flatMap(([name, block]) => {
      const changed = edit(block);
      return changed === undefined ? [] : [[name, changed] as const];
    });
    return { ...json, resource: { ...json.resource, [type]: Object.fromEntries(kept) } };
  };
  return (layers) => Object.fromEntries(Object.entries(layers).map(([name, json]) => [name, ofLayer(json)]));
}

/** Removes the resources of a type that have a text at a path. */
function without(type: string, path: string, text: string): Change {
  return edited(type, (block) => (textsAt(block, path).includes(text) ? undefined : block));
}

/** Changes the values of Helm releases. */
function values(from: RegExp, to: string): Change {
  return edited("helm_release", (block) => ({
    ...block,
    values: textsAt(block, "values").map((text) => text.replace(from, to)),
  }));
}

/** For each sort of thing, what takes one away from configs/example.yaml, and what is found then. */
export const damages: readonly {
  readonly title: string;
  readonly damage: Change;
  readonly found: readonly string[];
}[] = [
  {
    title: "a host without a record",
    damage: without("aws_route53_record", "name", "web-ui.example.edge.example.com"),
    found: ["150 host web-ui"],
  },
  {
    title: "a role that does not exist, which its service accounts would have",
    damage: without("aws_iam_role", "name", "example-s3-role"),
    found: [
      "1000 role arn:aws:iam::111122223333:role/example-s3-role",
      ...["orch-infra", "orch-platform"].flatMap((namespace) =>
        ["loki", "mimir"].map(
          (program) =>
            `1000 pod-role ${namespace}/aws-s3-sa-${program} arn:aws:iam::111122223333:role/example-s3-role`,
        ),
      ),
    ],
  },
  {
    title: "a service account without its role",
    damage: without("aws_eks_pod_identity_association", "service_account", "vault-service-account"),
    found: ["160 pod-role orch-platform/vault-service-account"],
  },
  {
    title: "a bucket",
    damage: without("aws_s3_bucket", "bucket", "example-111122223333-fm-loki-admin"),
    found: ["1000 bucket example-111122223333-fm-loki-admin"],
  },
  {
    title: "the prefix of buckets that is not handed over",
    damage: values(/^ *bucketPrefix:.*\n/m, ""),
    found: ["fm", "orch"].flatMap((part) =>
      ["loki-admin", "loki-chunks", "loki-ruler", "mimir-ruler", "mimir-tsdb"].map(
        (bucket) => `1000 bucket example-${part}-${bucket}`,
      ),
    ),
  },
  {
    title: "an alias of a key",
    damage: without("aws_kms_alias", "name", "alias/vault-kms-unseal-example"),
    found: ["160 kms-alias alias/vault-kms-unseal-example"],
  },
  {
    title: "a Secret",
    damage: without("kubernetes_secret_v1", "metadata.name", "vault-aurora-postgresql"),
    found: ["160 secret orch-platform/vault-aurora-postgresql"],
  },
  {
    title: "a Secret in another namespace",
    damage: edited("kubernetes_secret_v1", (block) =>
      textsAt(block, "metadata.name").includes("harbor-admin-password")
        ? { ...block, metadata: { name: "harbor-admin-password", namespace: "harbor" } }
        : block,
    ),
    found: ["1000 secret orch-harbor/harbor-admin-password"],
  },
  {
    title: "a key of a Secret",
    damage: edited("kubernetes_secret_v1", (block) =>
      textsAt(block, "metadata.name").includes("app-orch-catalog-aurora-postgresql")
        ? { ...block, data_wo: { PGUSER: "u", PGHOST: "h", PGPORT: "1", PGDATABASE: "d" } }
        : block,
    ),
    found: ["1101 secret orch-app/app-orch-catalog-aurora-postgresql PGPASSWORD"],
  },
  {
    title: "a storage class",
    damage: without("kubernetes_storage_class_v1", "metadata.name", "efs-1000"),
    found: ["2100 storage-class efs-1000"],
  },
  {
    title: "a namespace",
    damage: without("kubernetes_namespace_v1", "metadata.name", "orch-harbor"),
    found: ["1000 namespace orch-harbor"],
  },
  {
    title: "a label of nodes",
    damage: edited("aws_eks_node_group", (block) => ({ ...block, labels: {} })),
    found: ["1000 node-label node.kubernetes.io/custom-rule=observability"],
  },
  {
    title: "a port that a load balancer may not reach",
    damage: edited("aws_vpc_security_group_ingress_rule", (block) =>
      textsAt(block, "referenced_security_group_id").some((group) => group.includes("traefik"))
        ? { ...block, from_port: 9443, to_port: 9443 }
        : block,
    ),
    found: ["1100 target-port orch-gateway/traefik:443 8443"],
  },
  {
    title: "a Service that is bound by another port",
    damage: values(/name: "traefik"\n *port: 443/g, 'name: "traefik"\n          port: 80'),
    found: ["1100 target-port orch-gateway/traefik:443"],
  },
];
