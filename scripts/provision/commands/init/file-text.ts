import { parse } from "yaml";
import { z } from "zod";
import { currentVersion } from "../../../../lib/environment/migrations";
import type { AnyLayer } from "../../../../lib/layer/layer";
import { partitionOf } from "../../../../lib/layer/region-partition";
import { type Answers, listOf } from "./answers";

const PlatformSettings = z.object({ release: z.string() });

/** What a new environment file is written from. */
export interface FileContents {
  readonly name: string;
  readonly answers: Answers;
  /** What it costs, in lines; empty before that is known. */
  readonly cost: readonly string[];
  /** Release of the platform that is deployed by default, which is pinned; undefined if nothing is deployed so. */
  readonly release: string | undefined;
}

/** The release of the platform that is deployed by default. */
export function defaultRelease(layers: readonly AnyLayer[]): string | undefined {
  const layer = layers.find(({ name }) => name === "platform");
  const settings = layer?.settings.safeParse({}).data;
  return PlatformSettings.safeParse(settings).data?.release;
}

/** The environment file: what was answered, what people look for first, and where the rest is explained. */
export function fileText({ name, answers, cost, release }: FileContents): string {
  const { account = "", region = "", zones, scaleProfile, vpcCidr } = answers;
  const partition = partitionOf(region);
  const lines = [
    "# yaml-language-server: $schema=schema.json",
    `# Environment ${name}. Every other setting keeps its default: configs/example.yaml of edge-orchestrator-aws explains`,
    "# them all, and its docs/reference/settings.md lists them.",
    ...(cost.length === 0 ? [] : ["#", ...cost.map((line) => `# ${line}`.trimEnd())]),
    "",
    "# Version of the format of this file.",
    `version: ${currentVersion}`,
    "# Prefix of every physical name, and name of the cluster and the VPC. Fixed once applied.",
    `name: ${scalar(name)}`,
    `account: ${quoted(account)}`,
    `region: ${scalar(region)}`,
    ...(partition === "aws" ? [] : [`partition: ${partition}`]),
    "# Fixed once applied.",
    `zones: ${flow(listOf(zones))}`,
    "# Edge nodes the environment is sized for: default (50), 100en, 500en, 1ken, 10ken.",
    `scaleProfile: ${scalar(scaleProfile ?? "default")}`,
    "",
    "# Where Terraform state is kept; the first apply creates the bucket.",
    "state:",
    `  bucket: ${scalar(`${account}-${name}-state`)}`,
    `  region: ${scalar(region)}`,
    "",
    ...domainLines(name, answers),
    "",
    ...accessLines(answers),
    "",
    "layers:",
    "  vpc:",
    "    # Private range, /16 to /22, that overlaps no network it will be connected to. Fixed once applied.",
    `    cidr: ${scalar(vpcCidr ?? "")}`,
    "",
    ...(release === undefined ? [] : releaseLines(release)),
    ...emailLines(listOf(answers.emails)),
    "",
    ...certificateLines({ partition, account, region, email: listOf(answers.emails)[0] }),
  ];
  return `${lines.join("\n")}\n`;
}

function domainLines(name: string, { domainKind, domain = "" }: Answers): readonly string[] {
  if (domainKind === "root")
    return [
      "# The orchestrator's domain itself. Delegate it to the new public zone while the first apply waits for that;",
      "# layers.route53.zones takes zones that exist already instead.",
      "domain:",
      `  root: ${scalar(domain)}`,
    ];
  return [
    `# The orchestrator's domain is ${name}.${oneLine(domain)}. The parent needs a public hosted zone in this account.`,
    "domain:",
    `  parent: ${scalar(domain)}`,
  ];
}

function accessLines({ adminRoles, adminCidrs }: Answers): readonly string[] {
  return [
    "access:",
    "  # Roles that administer the cluster, with their paths; the role that runs apply is one of them.",
    "  adminRoleArns:",
    ...block(listOf(adminRoles), "    "),
    "  # Networks that reach Argo CD and Gitea. Empty: no access from outside the VPC.",
    ...listLines("adminCidrs", listOf(adminCidrs)),
    "  # Networks that reach the orchestrator and the endpoints of edge nodes: restrict them when they are known.",
    "  publicCidrs: [0.0.0.0/0]",
  ];
}

function emailLines(emails: readonly string[]): readonly string[] {
  const [first = "ops@example.com"] = emails;
  const mark = emails.length === 0 ? "#" : "";
  const shown = emails.length === 0 ? [first] : emails;
  const about = "# Addresses that alarms notify; each must confirm once.";
  return [
    ...(mark === "" ? ["  audit:", `    ${about}`] : [`  ${about}`, "  #audit:"]),
    `  ${mark}  alarmEmails:`,
    ...block(shown, `  ${mark}    `),
  ];
}

/** In other partitions than aws there is no default; these ARNs are for the operator to replace. */
function certificateLines({
  partition,
  account,
  region,
  email,
}: {
  readonly partition: string;
  readonly account: string;
  readonly region: string;
  readonly email: string | undefined;
}): readonly string[] {
  const arn = (service: string, resource: string) =>
    scalar(`arn:${partition}:${service}:${region}:${account}:${resource}`);
  const source =
    partition === "aws"
      ? [
          "      # The platform requests the certificate and renews it.",
          "      source: lets-encrypt",
          "      # Contact of the account at Let's Encrypt.",
          `      ${email === undefined ? "#" : ""}adminEmail: ${scalar(email ?? "ops@example.com")}`,
        ]
      : [
          "      # Let's Encrypt is not available in this partition: import a certificate into ACM, store the same in a secret,",
          "      # and write both ARNs. docs/guides/certificates.md explains it.",
          "      source: existing",
          `      arn: ${arn("acm", "certificate/00000000-0000-0000-0000-000000000000")}`,
          `      secretArn: ${arn("secretsmanager", "secret:certificate-000000")}`,
        ];
  return ["  route53:", "    certificate:", ...source];
}

function releaseLines(release: string): readonly string[] {
  return [
    "  platform:",
    "    # Release that Argo CD deploys; pinned, so that a new default does not change this environment.",
    `    release: ${scalar(release)}`,
    "",
  ];
}

function listLines(key: string, items: readonly string[]): readonly string[] {
  return items.length === 0 ? [`  ${key}: []`] : [`  ${key}:`, ...block(items, "    ")];
}

function block(items: readonly string[], indent: string): readonly string[] {
  return items.map((item) => `${indent}- ${scalar(item)}`);
}

function flow(items: readonly string[]): string {
  return `[${items.map(scalar).join(", ")}]`;
}

/** Text as YAML reads it back, in quotes only where it needs them. */
function scalar(text: string): string {
  return /^[A-Za-z0-9][\w@.+/:=-]*$/.test(text) && parse(text) === text ? text : quoted(text);
}

function quoted(text: string): string {
  return JSON.stringify(text);
}

/** An answer that was not accepted yet may be anything; a comment ends with its line. */
function oneLine(text: string): string {
  return text.replace(/\s+/g, " ");
}
