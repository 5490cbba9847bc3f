import type { DataSource } from "../../engine/provider-definition";
import { textOf } from "../../engine/read-value";
import { endpointDomain } from "../aws/arn";
import { zoneId, zonesIn } from "../aws/zones";
import { loadBalancerAccounts } from "./load-balancer-accounts";

/** Data sources about the account, the region and the partition. */
export const account: Readonly<Record<string, DataSource>> = {
  aws_caller_identity: (_config, at) => ({
    values: {
      id: at.account,
      account_id: at.account,
      arn: `arn:${at.partition}:sts::${at.account}:assumed-role/simulated/rehearsal`,
      user_id: "AROASIMULATED0000000:rehearsal",
    },
  }),
  aws_partition: (_config, { partition }) => ({
    values: {
      id: partition,
      partition,
      dns_suffix: endpointDomain({ partition }),
      reverse_dns_prefix: endpointDomain({ partition }).split(".").reverse().join("."),
    },
  }),
  aws_region: (config, context) => {
    const region = textOf(config.name) ?? context.region;
    const endpoint = `ec2.${region}.${endpointDomain(context)}`;
    return { values: { id: region, name: region, region, description: `Simulated (${region})`, endpoint } };
  },
  aws_availability_zones: (_config, { region }) => ({
    values: {
      id: region,
      names: zonesIn(region),
      zone_ids: zonesIn(region).map(zoneId),
      group_names: [region],
    },
  }),
  aws_canonical_user_id: (_config, { hash }) => ({
    values: { id: hash("canonical user", 64), display_name: "" },
  }),
  aws_default_tags: (_config, { defaultTags }) => ({ values: { id: "default_tags", tags: defaultTags } }),
  aws_elb_service_account: (config, { region: own, partition }) => {
    const region = textOf(config.region) ?? own;
    const id = loadBalancerAccounts[region];
    return id === undefined
      ? { error: `unsupported ELB Service Account Region (${region})` }
      : { values: { id, arn: `arn:${partition}:iam::${id}:root` } };
  },
  aws_service_principal: (config, context) => {
    const region = textOf(config.region) ?? context.region;
    const name = `${textOf(config.service_name) ?? ""}.amazonaws.com`;
    return {
      values: {
        id: `${name.split(".")[0] ?? ""}.${region}.amazonaws.com`,
        name,
        region,
        suffix: "amazonaws.com",
      },
    };
  },
  aws_iam_session_context: (config, context) => {
    const given = textOf(config.arn) ?? "";
    const [, role, session] = /:assumed-role\/([^/]+)\/(.+)$/.exec(given) ?? [];
    const issuer = `arn:${context.partition}:iam::${context.account}:role/${role ?? ""}`;
    return {
      values: {
        id: given,
        issuer_arn: role === undefined ? given : issuer,
        issuer_name: role ?? "",
        session_name: session ?? "",
      },
    };
  },
};
