import type { Attributes, Behaviour, Context } from "../../engine/behaviour";
import { listOf, objectOf, textOf } from "../../engine/read-value";
import { uuidFrom } from "../../cloud/digest";
import { arn, endpointDomain } from "./arn";
import { deliverLateLogs } from "./late-logs";
import { attributeOf, twin, zonesOf } from "./lookup";
import { nameFrom, put, type Behaviours } from "./naming";

const created = "2025-01-01T00:00:00Z";

/** EKS: the cluster and everything that is attached to it. */
export const eks: Behaviours = {
  aws_eks_cluster: {
    id: ({ name }) => textOf(name) ?? "",
    check: ({ vpc_config }, context) =>
      zonesOf(context, objectOf(vpc_config).subnet_ids).size < 2
        ? "InvalidParameterException: Subnets specified must be in at least two different AZs"
        : undefined,
    computed: clusterValues,
    also: ({ name, vpc_config }) => {
      const { cluster_security_group_id: group, vpc_id } = objectOf(vpc_config);
      const id = textOf(group) ?? "";
      const attributes = { id, name: `eks-cluster-sg-${textOf(name) ?? ""}`, vpc_id };
      return [{ type: "aws_security_group", id, attributes }];
    },
    remove: removeCluster,
  },
  aws_eks_node_group: {
    id: (planned, context) => `${clusterOf(planned)}:${nameFrom("node_group_name")(planned, context)}`,
    check: (planned, context) => missingCluster(planned, context) ?? impossibleScaling(planned),
    computed: nodeGroupValues,
  },
  aws_eks_fargate_profile: attached("fargateprofile", "fargate_profile_name"),
  aws_eks_addon: attached("addon", "addon_name", () => ({
    addon_version: "v1.0.0-eksbuild.1",
    created_at: created,
    modified_at: created,
  })),
  aws_eks_access_entry: {
    id: (planned) => `${clusterOf(planned)}:${textOf(planned.principal_arn) ?? ""}`,
    check: missingCluster,
    computed: (planned, context) => ({
      access_entry_arn: arn(
        context,
        "eks",
        `access-entry/${clusterOf(planned)}/${context.hash("entry", 12)}`,
      ),
      user_name: planned.principal_arn,
      created_at: created,
      modified_at: created,
    }),
  },
  aws_eks_access_policy_association: {
    ...put,
    id: (planned) =>
      [clusterOf(planned), textOf(planned.principal_arn) ?? "", textOf(planned.policy_arn) ?? ""].join("#"),
    check: (planned, context) => missingCluster(planned, context) ?? missingEntry(planned, context),
    computed: () => ({ associated_at: created, modified_at: created }),
  },
  aws_eks_pod_identity_association: {
    id: "a-",
    check: (planned, context) =>
      missingCluster(planned, context) ??
      (twin(planned, context, ["cluster_name", "namespace", "service_account"])
        ? "ResourceInUseException: Association already exists"
        : undefined),
    computed: (planned, context) => ({
      association_id: context.id,
      association_arn: arn(context, "eks", `podidentityassociation/${clusterOf(planned)}/${context.id}`),
    }),
  },
};

const clusterOf = ({ cluster_name }: Attributes): string => textOf(cluster_name) ?? "";

/** Something with a name of its own inside a cluster. */
function attached(kind: string, attribute: string, more?: () => Attributes): Behaviour {
  return {
    id: (planned) => `${clusterOf(planned)}:${textOf(planned[attribute]) ?? ""}`,
    check: missingCluster,
    computed: (_planned, context) => ({
      arn: arn(
        context,
        "eks",
        `${kind}/${context.id.replace(":", "/")}/${uuidFrom(context.hash("arn", 32))}`,
      ),
      status: "ACTIVE",
      ...more?.(),
    }),
  };
}

function clusterValues({ name, vpc_config }: Attributes, context: Context): Attributes {
  const [subnet] = listOf(objectOf(vpc_config).subnet_ids);
  const unique = context.hash("endpoint", 32).toUpperCase();
  const certificate = `-----BEGIN CERTIFICATE-----\nSIMULATED${context.hash("ca", 40)}\n-----END CERTIFICATE-----\n`;
  return {
    arn: arn(context, "eks", `cluster/${textOf(name) ?? ""}`),
    endpoint: `https://${unique}.gr7.${context.region}.eks.${endpointDomain(context)}`,
    status: "ACTIVE",
    platform_version: "eks.1",
    version: "1.33",
    created_at: created,
    certificate_authority: [{ data: Buffer.from(certificate).toString("base64") }],
    identity: [
      { oidc: [{ issuer: `https://oidc.eks.${context.region}.${endpointDomain(context)}/id/${unique}` }] },
    ],
    vpc_config: [
      {
        cluster_security_group_id: `sg-${context.hash("cluster security group")}`,
        vpc_id: attributeOf(context, "aws_subnet", [subnet, "vpc_id"]),
        public_access_cidrs: ["0.0.0.0/0"],
      },
    ],
    access_config: [{ authentication_mode: "CONFIG_MAP", bootstrap_cluster_creator_admin_permissions: true }],
    kubernetes_network_config: [
      { ip_family: "ipv4", service_ipv4_cidr: "172.20.0.0/16", service_ipv6_cidr: "" },
    ],
    upgrade_policy: [{ support_type: "EXTENDED" }],
  };
}

function nodeGroupValues(planned: Attributes, context: Context): Attributes {
  const name = context.id.split(":")[1] ?? "";
  const path = `${clusterOf(planned)}/${name}/${uuidFrom(context.hash("arn", 32))}`;
  return {
    arn: arn(context, "eks", `nodegroup/${path}`),
    node_group_name: name,
    status: "ACTIVE",
    ami_type: "AL2023_x86_64_STANDARD",
    capacity_type: "ON_DEMAND",
    disk_size: planned.launch_template && listOf(planned.launch_template).length > 0 ? 0 : 20,
    instance_types: ["t3.medium"],
    version: attributeOf(context, "aws_eks_cluster", [clusterOf(planned), "version"]),
    release_version: "1.33.0-20250601",
    update_config: [{ max_unavailable: 1, max_unavailable_percentage: 0 }],
    resources: [
      {
        autoscaling_groups: [{ name: `eks-${name}-${uuidFrom(context.hash("group", 32))}` }],
        remote_access_security_group_id: "",
      },
    ],
  };
}

function missingCluster(planned: Attributes, { cloud }: Context): string | undefined {
  const name = clusterOf(planned);
  return cloud.get("aws_eks_cluster", name)
    ? undefined
    : `ResourceNotFoundException: No cluster found for name: ${name}.`;
}

function missingEntry(planned: Attributes, { cloud }: Context): string | undefined {
  const principal = textOf(planned.principal_arn) ?? "";
  return cloud.get("aws_eks_access_entry", `${clusterOf(planned)}:${principal}`)
    ? undefined
    : `ResourceNotFoundException: The specified principalArn could not be found: ${principal}`;
}

function impossibleScaling({ scaling_config }: Attributes): string | undefined {
  const { min_size, desired_size, max_size } = objectOf(scaling_config);
  const [least, wanted, most] = [min_size, desired_size, max_size].map(Number);
  // Comparisons with NaN are false: what is not known yet is not refused.
  if (least === undefined || wanted === undefined || most === undefined) return undefined;
  if (wanted < least)
    return `InvalidParameterException: Minimum capacity ${least} can't be greater than desired size ${wanted}`;
  if (wanted > most)
    return `InvalidParameterException: desired capacity ${wanted} can't be greater than max size ${most}`;
  return undefined;
}

function removeCluster(state: Attributes, context: Context): string | undefined {
  const refusal = refuseWithNodeGroups(state, context);
  const logs = listOf(state.enabled_cluster_log_types).length > 0;
  if (refusal === undefined && logs)
    deliverLateLogs([`/aws/eks/${textOf(state.name) ?? ""}/cluster`], context);
  return refusal;
}

function refuseWithNodeGroups({ name }: Attributes, { cloud }: Context): string | undefined {
  const groups = cloud
    .list("aws_eks_node_group")
    .filter(({ attributes }) => attributes.cluster_name === name);
  if (groups.length === 0) return undefined;
  return `ResourceInUseException: Cluster has nodegroups attached (${groups.map(({ id }) => id).join(", ")})`;
}
