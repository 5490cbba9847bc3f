import type { DataSource } from "../../engine/provider-definition";
import { listOf, objectOf, textOf } from "../../engine/read-value";
import { digest } from "../../cloud/digest";
import { endpointDomain } from "../aws/arn";

const expires = "2025-01-01T12:00:00Z";

/** Data sources about what AWS offers, and tokens that it hands out. */
export const catalogue: Readonly<Record<string, DataSource>> = {
  aws_eks_cluster_auth: ({ name }, { hash }) => ({
    values: { id: name, token: `k8s-aws-v1.${hash("token", 40)}` },
  }),
  aws_eks_addon_version: ({ addon_name }, _context) => ({
    values: { id: addon_name, version: "v1.0.0-eksbuild.1" },
  }),
  aws_ecr_authorization_token: (_config, context) => {
    const proxy_endpoint = `https://${context.account}.dkr.ecr.${context.region}.${endpointDomain(context)}`;
    return { values: { id: context.region, ...token(context.hash("token", 64)), proxy_endpoint } };
  },
  aws_ecrpublic_authorization_token: (_config, context) => ({
    values: { id: context.region, ...token(context.hash("token", 64)) },
  }),
  aws_rds_engine_version: ({ engine, version, preferred_versions }) => {
    const chosen = textOf(version) ?? textOf(listOf(preferred_versions)[0]) ?? "16.6";
    const parameter_group_family = `${textOf(engine) ?? ""}${chosen.split(".")[0] ?? ""}`;
    return {
      values: {
        id: chosen,
        version: chosen,
        version_actual: chosen,
        parameter_group_family,
        status: "available",
      },
    };
  },
  aws_ami: (config) => {
    const filters = listOf(config.filter).map(objectOf);
    const wanted = (name: string): string | undefined =>
      textOf(listOf(filters.find((filter) => filter.name === name)?.values)[0]);
    const id = `ami-${digest(JSON.stringify(config))}`;
    const image = { name: wanted("name") ?? id, architecture: wanted("architecture") ?? "x86_64" };
    const root = { root_device_name: "/dev/xvda", root_device_type: "ebs" };
    return { values: { id, image_id: id, ...image, ...root, state: "available" } };
  },
};

const token = (password: string) => ({
  user_name: "AWS",
  password,
  authorization_token: Buffer.from(`AWS:${password}`).toString("base64"),
  expires_at: expires,
});
