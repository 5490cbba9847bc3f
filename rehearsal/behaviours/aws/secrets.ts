import type { Attributes, Behaviour, Context } from "../../engine/behaviour";
import type { CloudObject } from "../../engine/cloud";
import { textOf } from "../../engine/read-value";
import { uuidFrom } from "../../cloud/digest";
import { arn } from "./arn";
import { twin } from "./lookup";
import { nameFrom, put, type Behaviours } from "./naming";
import { validateJson } from "./policy-json";

/** Systems Manager and Secrets Manager. */
export const secrets: Behaviours = {
  aws_ssm_parameter: {
    id: ({ name }) => textOf(name) ?? "",
    recomputed: ["version"],
    computed: ({ name }, context) => ({
      arn: arn(context, "ssm", `parameter/${(textOf(name) ?? "").replace(/^\//, "")}`),
      version: versionAfter(context),
      tier: "Standard",
      data_type: "text",
    }),
  },
  aws_ssm_document: {
    id: ({ name }) => textOf(name) ?? "",
    computed: ({ name }, context) => ({
      arn: arn(context, "ssm", `document/${textOf(name) ?? ""}`),
      created_date: "2025-01-01T00:00:00Z",
      default_version: "1",
      latest_version: "1",
      document_version: "1",
      hash: context.hash("content", 64),
      hash_type: "Sha256",
      owner: context.account,
      platform_types: ["Linux"],
      schema_version: "1.0",
      status: "Active",
    }),
  },
  aws_ssm_association: {
    id: (_planned, { hash }) => uuidFrom(hash("association", 32)),
    computed: (_planned, context) => ({
      arn: arn(context, "ssm", `association/${context.id}`),
      association_id: context.id,
      document_version: "$DEFAULT",
    }),
  },
  aws_secretsmanager_secret: {
    id: (planned, context) => {
      const name = nameFrom("name")(planned, context);
      return arn(context, "secretsmanager", `secret:${name}-${context.hash("suffix", 6)}`);
    },
    validate: validateJson("policy"),
    check: refuseSameName,
    computed: (planned, context) => ({ arn: context.id, name: nameFrom("name")(planned, context) }),
  },
  aws_secretsmanager_secret_version: {
    id: ({ secret_id }, { hash }) => `${textOf(secret_id) ?? ""}|${uuidFrom(hash("version", 32))}`,
    computed: ({ secret_id }, { id }) => ({
      arn: secret_id,
      version_id: id.split("|")[1],
      version_stages: ["AWSCURRENT"],
    }),
  },
  aws_secretsmanager_secret_policy: ofSecret({ validate: validateJson("policy") }),
  aws_secretsmanager_secret_rotation: ofSecret({ computed: () => ({ rotation_enabled: true }) }),
};

/** The versions of a secret, oldest first. */
export function versionsOf(secret: string, cloud: Context["cloud"]): readonly CloudObject[] {
  return cloud
    .list("aws_secretsmanager_secret_version")
    .filter(({ attributes }) => [attributes.secret_id, attributes.arn].includes(secret))
    .toSorted((one, other) => one.createdAt.localeCompare(other.createdAt));
}

const versionAfter = ({ cloud, type, id }: Context): number =>
  Number(cloud.get(type, id)?.attributes.version ?? 0) + 1;

function ofSecret(more: Behaviour): Behaviour {
  return {
    ...put,
    ...more,
    id: ({ secret_arn, secret_id }) => textOf(secret_arn) ?? textOf(secret_id) ?? "",
  };
}

function refuseSameName(planned: Attributes, context: Context): string | undefined {
  const name = textOf(planned.name);
  return name !== undefined && twin(planned, context, ["name"])
    ? `ResourceExistsException: The operation failed because the secret ${name} already exists.`
    : undefined;
}
