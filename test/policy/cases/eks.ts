import type { Cases, Resources } from "../case";
import { publicAndPrivateSubnet } from "../resources";

/** Nodes without an image of their own, with one part of user data. */
function nodesWith(type: string, content: string): Resources {
  const message = `MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="//"\n\n--//\nContent-Type: ${type}\n\n${content}--//--\n`;
  return {
    aws_launch_template: { main: { user_data: Buffer.from(message).toString("base64") } },
    aws_eks_node_group: { main: { launch_template: { id: "${aws_launch_template.main.id}" } } },
  };
}

/** The EBS CSI driver on nodes that have four network interfaces. */
function driverWith(configuration_values: string): Resources {
  return {
    aws_launch_template: {
      main: { instance_type: "t3.2xlarge", metadata_options: { http_put_response_hop_limit: 1 } },
    },
    aws_eks_addon: { ebs: { addon_name: "aws-ebs-csi-driver", configuration_values } },
  };
}

/** An administrator of the cluster. */
function administeredBy(role: string): Resources {
  return {
    aws_eks_access_entry: { admin: { principal_arn: role } },
    aws_eks_access_policy_association: {
      admin: {
        policy_arn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy",
        principal_arn: "${aws_eks_access_entry.admin.principal_arn}",
      },
    },
  };
}

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
  "cluster-administrators": {
    passing: administeredBy("arn:aws:iam::111122223333:role/platform"),
    violating: administeredBy("arn:aws:iam::444455556666:role/platform"),
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
  "node-config": {
    passing: nodesWith("text/x-shellscript", "#!/bin/bash\n"),
    violating: nodesWith(
      "application/node.eks.aws",
      "kind: NodeConfig\nspec: {kubelet: {config: {maxPods: 58, clusterDNS: [172.20.0.53]}}}\n",
    ),
  },
  "volume-limit": {
    passing: driverWith('{"node":{"volumeAttachLimit":23}}'),
    violating: driverWith('{"node":{"volumeAttachLimit":27}}'),
  },
  "node-remote-access": {
    passing: { aws_eks_node_group: { main: {} } },
    violating: { aws_eks_node_group: { main: { remote_access: { ec2_ssh_key: "operators" } } } },
  },
} satisfies Cases;
