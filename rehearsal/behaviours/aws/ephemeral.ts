import { randomInt } from "node:crypto";
import type { CloudObject } from "../../engine/cloud";
import type { DataSource } from "../../engine/provider-definition";
import { textOf } from "../../engine/read-value";
import type { Attribute, Schema } from "../../schema/model";
import { versionsOf } from "./secrets";

const settable: Attribute = { type: "string", required: true };
const flag: Attribute = { type: "bool", optional: true };
const given: Attribute = { type: "string", computed: true };
const secret: Attribute = { type: "string", computed: true, sensitive: true };
const chosen: Attribute = { type: "string", optional: true, computed: true };

/** Schemas of the ephemeral resources, as the provider declares them. */
export const ephemeralSchemas: Readonly<Record<string, Schema>> = {
  aws_secretsmanager_random_password: schema({
    exclude_characters: { type: "string", optional: true },
    exclude_lowercase: flag,
    exclude_numbers: flag,
    exclude_punctuation: flag,
    exclude_uppercase: flag,
    include_space: flag,
    password_length: { type: "number", optional: true },
    random_password: secret,
    require_each_included_type: flag,
  }),
  aws_secretsmanager_secret_version: schema({
    arn: given,
    created_date: given,
    secret_binary: secret,
    secret_id: settable,
    secret_string: secret,
    version_id: chosen,
    version_stage: chosen,
    version_stages: { type: ["list", "string"], computed: true },
  }),
  aws_eks_cluster_auth: schema({ name: settable, token: secret }),
};

/** What opening each of them gives. */
export const ephemeralResources: Readonly<Record<string, DataSource | undefined>> = {
  aws_secretsmanager_random_password: (config) => ({ values: { random_password: password(config) } }),
  aws_secretsmanager_secret_version: (config, { cloud }) => {
    const id = textOf(config["secret_id"]) ?? "";
    const version = versionsOf(id, cloud).at(-1);
    if (!version) return { error: `ResourceNotFoundException: Secrets Manager can't find a value of ${id}` };
    const values = { created_date: version.createdAt, secret_string: valueOf(version) };
    return { values: { ...version.attributes, ...values } };
  },
  aws_eks_cluster_auth: (config, { hash }) => {
    return { values: { name: config["name"], token: `k8s-aws-v1.${hash("token", 40)}` } };
  },
};

/** What was set, or JSON with the same names: values that were set write-only are in the simulated cloud only on request. */
function valueOf({ attributes, writeOnly = {}, writeOnlyNames = {} }: CloudObject): string {
  const names = writeOnlyNames["secret_string_wo"];
  const shape = names && JSON.stringify(Object.fromEntries(names.map((name) => [name, "write-only"])));
  return (
    textOf(attributes["secret_string"]) ?? textOf(writeOnly["secret_string_wo"]) ?? shape ?? "write-only"
  );
}

function schema(attributes: Schema["block"]["attributes"]): Schema {
  return { version: 0, block: { attributes, block_types: {} } };
}

function password(config: Readonly<Record<string, unknown>>): string {
  const classes = [
    config["exclude_lowercase"] === true ? "" : "abcdefghijklmnopqrstuvwxyz",
    config["exclude_uppercase"] === true ? "" : "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    config["exclude_numbers"] === true ? "" : "0123456789",
    config["exclude_punctuation"] === true ? "" : "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~",
    config["include_space"] === true ? " " : "",
  ];
  const excluded = textOf(config["exclude_characters"]) ?? "";
  const alphabet = Array.from(classes.join("")).filter((character) => !excluded.includes(character));
  const length = typeof config["password_length"] === "number" ? config["password_length"] : 32;
  return Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join("");
}
