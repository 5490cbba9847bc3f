import type { Cases } from "../case";
import { accessKey, secretKey } from "../resources";

const gitHubToken = ["ghp", "0123456789abcdefghijklmnopqrstuvwxyz"].join("_");
/** Base64 as the command of that name writes it. */
const inLines = (text: string) =>
  Buffer.from(`#!/bin/bash\n${text}\n`).toString("base64").replace(/.{76}/g, "$&\n");

export const instancesCases = {
  "instance-metadata-tokens": {
    passing: { aws_instance: { bastion: { metadata_options: { http_tokens: "required" } } } },
    violating: { aws_launch_template: { nodes: { metadata_options: { http_tokens: "optional" } } } },
  },
  "instance-metadata-hops": {
    passing: { aws_instance: { bastion: { metadata_options: { http_put_response_hop_limit: 1 } } } },
    violating: { aws_launch_template: { nodes: { metadata_options: { http_put_response_hop_limit: 2 } } } },
  },
  "volumes-encrypted": {
    passing: {
      aws_launch_template: {
        bastion: { block_device_mappings: [{ ebs: { encrypted: "true", kms_key_id: "key" } }] },
      },
      aws_instance: { bastion: { launch_template: { id: "${aws_launch_template.bastion.id}" } } },
    },
    violating: {
      aws_launch_template: { nodes: { block_device_mappings: [{ ebs: { encrypted: "true" } }] } },
      aws_instance: { bastion: {} },
    },
  },
  "instance-monitoring": {
    passing: { aws_instance: { bastion: { monitoring: true } } },
    violating: {
      aws_launch_template: { nodes: {} },
      aws_eks_node_group: { main: { launch_template: { id: "${aws_launch_template.nodes.id}" } } },
    },
  },
  "instance-ebs-optimised": {
    passing: { aws_instance: { bastion: { ebs_optimized: true } } },
    violating: { aws_instance: { bastion: {} } },
  },
  "instance-role": {
    passing: { aws_instance: { bastion: { iam_instance_profile: "bastion" } } },
    violating: { aws_instance: { bastion: {} } },
  },
  "instance-public-address": {
    passing: {
      aws_instance: { bastion: { associate_public_ip_address: false } },
      aws_launch_template: { nodes: {} },
    },
    violating: {
      aws_launch_template: { nodes: { network_interfaces: [{ associate_public_ip_address: "true" }] } },
    },
  },
  "instance-key-pair": {
    passing: { aws_instance: { bastion: {} } },
    violating: { aws_instance: { bastion: { key_name: "operators" } } },
  },
  "instance-managed": {
    passing: {
      aws_instance: { bastion: { iam_instance_profile: "${aws_iam_instance_profile.bastion.name}" } },
      aws_iam_instance_profile: { bastion: { name: "bastion", role: "${aws_iam_role.bastion.name}" } },
      aws_iam_role: { bastion: { name: "bastion" } },
      aws_iam_role_policy_attachment: {
        ssm: {
          role: "${aws_iam_role.bastion.name}",
          policy_arn: "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore",
        },
      },
    },
    violating: { aws_instance: { bastion: { iam_instance_profile: "elsewhere" } } },
  },
  "session-document-private": {
    passing: { aws_ssm_document: { session: {} } },
    violating: { aws_ssm_document: { session: { permissions: { type: "Share", account_ids: "All" } } } },
  },
  "session-encrypted": {
    passing: {
      aws_ssm_document: {
        session: { document_type: "Session", content: '{"inputs":{"kmsKeyId":"${aws_kms_key.logs.arn}"}}' },
      },
    },
    violating: {
      aws_ssm_document: { session: { document_type: "Session", content: '{"inputs":{"kmsKeyId":""}}' } },
    },
  },
  "session-logged": {
    passing: {
      aws_ssm_document: {
        session: {
          document_type: "Session",
          content: '{"inputs":{"cloudWatchLogGroupName":"sessions","cloudWatchEncryptionEnabled":true}}',
        },
      },
    },
    violating: {
      aws_ssm_document: {
        session: { document_type: "Session", content: '{"inputs":{"s3BucketName":"sessions"}}' },
      },
    },
  },
  "user-data-credentials": {
    passing: {
      aws_launch_template: {
        nodes: { user_data: Buffer.from("#!/bin/bash\necho /etc/kubernetes >> log").toString("base64") },
        proxy: { user_data: 'export TOKEN="$(cat /run/token)"\nexport DB_PASSWORD=$1\n' },
      },
      aws_instance: { bastion: { user_data: "#!/bin/bash" } },
    },
    violating: [
      { aws_instance: { bastion: { user_data: `export AWS_ACCESS_KEY_ID=${accessKey}` } } },
      { aws_instance: { bastion: { user_data: "AWS_ACCOUNT_ID=111122223333" } } },
      { aws_launch_template: { nodes: { user_data: "#!/bin/bash\nexport DB_PASSWORD=correct-horse\n" } } },
      { aws_launch_template: { nodes: { user_data: `git clone https://${gitHubToken}@github.com/a/b` } } },
      { aws_launch_template: { nodes: { user_data: inLines(`export AWS_ACCESS_KEY_ID=${accessKey}`) } } },
      {
        aws_launch_template: {
          nodes: { user_data: Buffer.from(`export AWS_SECRET_ACCESS_KEY=${secretKey}\n`).toString("base64") },
        },
      },
      {
        aws_instance: {
          bastion: {
            user_data_base64: Buffer.from(`#!/bin/bash\nexport KEY=${accessKey}\n`).toString("base64"),
          },
        },
      },
    ],
  },
  "account-volumes-encrypted": {
    passing: { aws_ebs_encryption_by_default: { account: { enabled: true } } },
    violating: { aws_ebs_encryption_by_default: { account: { enabled: false } } },
  },
} satisfies Cases;
