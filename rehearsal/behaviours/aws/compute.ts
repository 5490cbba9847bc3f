import type { Attributes, Context } from "../../engine/behaviour";
import { listOf, objectOf, textOf } from "../../engine/read-value";
import { uuidFrom } from "../../cloud/digest";
import { arn } from "./arn";
import { attributeOf, twin } from "./lookup";
import { nameFrom, named, put, type Behaviours } from "./naming";
import { ec2 } from "./network";

/** Instances, launch templates, Auto Scaling and Lambda. */
export const compute: Behaviours = {
  aws_instance: { id: "i-", computed: instanceValues, remove: refuseProtectedInstance },
  aws_launch_template: ec2("lt-", "launch-template", {
    recomputed: ["latest_version"],
    check: (planned, context) =>
      typeof planned.name === "string" && twin(planned, context, ["name"])
        ? `InvalidLaunchTemplateName.AlreadyExistsException: Launch template name already in use: ${planned.name}`
        : undefined,
    computed: (planned, context) => ({
      name: nameFrom("name")(planned, context),
      default_version: 1,
      latest_version: latestVersion(context),
    }),
  }),
  aws_autoscaling_group: named(
    (name, context) =>
      arn(
        context,
        "autoscaling",
        `autoScalingGroup:${uuidFrom(context.hash("group", 32))}:autoScalingGroupName/${name}`,
      ),
    {
      computed: ({ min_size, vpc_zone_identifier }, context) => ({
        desired_capacity: min_size,
        availability_zones: listOf(vpc_zone_identifier).flatMap(
          (subnet) => attributeOf(context, "aws_subnet", [subnet, "availability_zone"]) ?? [],
        ),
        default_cooldown: 300,
        health_check_type: "EC2",
      }),
    },
  ),
  aws_autoscaling_group_tag: {
    ...put,
    id: ({ autoscaling_group_name, tag }) =>
      `${textOf(autoscaling_group_name) ?? ""},${textOf(objectOf(tag).key) ?? ""}`,
  },
  aws_autoscaling_lifecycle_hook: {
    ...put,
    id: ({ name, autoscaling_group_name }) => `${textOf(autoscaling_group_name) ?? ""}/${textOf(name) ?? ""}`,
    computed: () => ({ default_result: "ABANDON" }),
  },
  aws_autoscaling_policy: {
    ...put,
    id: ({ name, autoscaling_group_name }) => `${textOf(autoscaling_group_name) ?? ""}/${textOf(name) ?? ""}`,
    computed: (_planned, context) => ({
      arn: arn(context, "autoscaling", `scalingPolicy:${uuidFrom(context.hash("policy", 32))}:${context.id}`),
    }),
  },
  aws_lambda_function: {
    id: ({ function_name }) => textOf(function_name) ?? "",
    computed: functionValues,
  },
  aws_lambda_permission: {
    id: (planned, context) => nameFrom("statement_id")(planned, context),
    computed: (_planned, { id }) => ({ statement_id: id }),
  },
};

/** Every update of a launch template creates a new version of it. */
const latestVersion = ({ cloud, id }: Context): number =>
  Number(cloud.get("aws_launch_template", id)?.attributes.latest_version ?? 0) + 1;

function instanceValues({ subnet_id, launch_template }: Attributes, context: Context): Attributes {
  const template = context.cloud.get(
    "aws_launch_template",
    textOf(objectOf(launch_template).id) ?? "",
  )?.attributes;
  const network = attributeOf(context, "aws_subnet", [subnet_id, "cidr_block"])
    ?.split(".")
    .slice(0, 3)
    .join(".");
  const address = `${network ?? "10.0.0"}.${parseInt(context.hash("address", 2), 16)}`;
  return {
    arn: arn(context, "ec2", `instance/${context.id}`),
    ami: template?.image_id ?? `ami-${context.hash("image")}`,
    instance_type: template?.instance_type ?? "t3.micro",
    instance_state: "running",
    availability_zone: attributeOf(context, "aws_subnet", [subnet_id, "availability_zone"]),
    primary_network_interface_id: `eni-${context.hash("interface")}`,
    private_ip: address,
    private_dns: `ip-${address.replaceAll(".", "-")}.${context.region}.compute.internal`,
    tenancy: "default",
  };
}

function refuseProtectedInstance(
  { disable_api_termination }: Attributes,
  { id }: Context,
): string | undefined {
  return disable_api_termination === true
    ? `OperationNotPermitted: The instance '${id}' may not be terminated. Modify its 'disableApiTermination' instance attribute and try again.`
    : undefined;
}

function functionValues({ function_name }: Attributes, context: Context): Attributes {
  const { region } = context;
  const own = arn(context, "lambda", `function:${textOf(function_name) ?? ""}`);
  const invoke = (target: string): string =>
    `arn:${context.partition}:apigateway:${region}:lambda:path/2015-03-31/functions/${target}/invocations`;
  return {
    arn: own,
    qualified_arn: `${own}:$LATEST`,
    invoke_arn: invoke(own),
    qualified_invoke_arn: invoke(`${own}:$LATEST`),
    version: "$LATEST",
    last_modified: "2025-01-01T00:00:00.000+0000",
    architectures: ["x86_64"],
    code_sha256: context.hash("code", 43),
  };
}
