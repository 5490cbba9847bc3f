import type { Cases } from "../case";
import { publicAndPrivateSubnet } from "../resources";

export const eksCases = {
  "cluster-endpoint": {
    passing: {
      aws_eks_cluster: {
        cluster: { vpc_config: { endpoint_private_access: true, endpoint_public_access: false } },
      },
    },
    violating: { aws_eks_cluster: { cluster: { vpc_config: { endpoint_private_access: true } } } },
  },
  "cluster-logs": {
    passing: {
      aws_eks_cluster: {
        cluster: {
          enabled_cluster_log_types: ["api", "audit", "authenticator", "controllerManager", "scheduler"],
        },
      },
    },
    violating: { aws_eks_cluster: { cluster: { enabled_cluster_log_types: ["api", "audit"] } } },
  },
  "cluster-secrets": {
    passing: {
      aws_eks_cluster: {
        cluster: { encryption_config: { provider: { key_arn: "key" }, resources: ["secrets"] } },
      },
    },
    violating: { aws_eks_cluster: { cluster: {} } },
  },
  "cluster-version": {
    passing: { aws_eks_cluster: { cluster: { version: "1.35" } } },
    violating: { aws_eks_cluster: { cluster: { version: "1.28" } } },
  },
  "cluster-access": {
    passing: {
      aws_eks_cluster: {
        cluster: {
          access_config: { authentication_mode: "API", bootstrap_cluster_creator_admin_permissions: false },
        },
      },
    },
    violating: {
      aws_eks_cluster: { cluster: { access_config: { authentication_mode: "API_AND_CONFIG_MAP" } } },
    },
  },
  "cluster-network-policy": {
    passing: {
      aws_eks_cluster: { cluster: { name: "example" } },
      aws_eks_addon: {
        cni: {
          addon_name: "vpc-cni",
          cluster_name: "${aws_eks_cluster.cluster.name}",
          configuration_values: '{"enableNetworkPolicy":"true"}',
        },
      },
    },
    violating: {
      aws_eks_cluster: { cluster: { name: "example" } },
      aws_eks_addon: { cni: { addon_name: "vpc-cni", cluster_name: "${aws_eks_cluster.cluster.name}" } },
    },
  },
  "addon-version": {
    passing: { aws_eks_addon: { coredns: { addon_version: "v1.13.2-eksbuild.21" } } },
    violating: { aws_eks_addon: { coredns: {} } },
  },
  "node-subnets": {
    passing: {
      ...publicAndPrivateSubnet,
      aws_eks_node_group: { main: { subnet_ids: ["${aws_subnet.private.id}"] } },
    },
    violating: {
      ...publicAndPrivateSubnet,
      aws_eks_node_group: { main: { subnet_ids: ["${aws_subnet.private.id}", "${aws_subnet.public.id}"] } },
    },
  },
  "node-remote-access": {
    passing: { aws_eks_node_group: { main: {} } },
    violating: { aws_eks_node_group: { main: { remote_access: { ec2_ssh_key: "operators" } } } },
  },
} satisfies Cases;
