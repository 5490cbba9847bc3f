import type { Finding } from "../../../../gitops/expectations/compare";
import type { Kind } from "../../../../gitops/expectations/expectation";
import type { Page } from "../../../../lib/page";
import { table } from "../../../../lib/table";

/** What a verification found. */
export interface Report {
  readonly environment: string;
  readonly release: string;
  /** Version of the checkout. */
  readonly checkout: string;
  readonly applications: number;
  /** How many things the applications expect. */
  readonly expectations: number;
  /** What charts name and nobody needs, because its service is off. */
  readonly notNeeded: readonly { readonly kind: Kind; readonly name: string; readonly service: string }[];
  /** In the order of waves. */
  readonly findings: readonly Finding[];
}

/** For programs. */
export function reportDocument({ findings, ...report }: Report): string {
  return JSON.stringify({ ...report, stopsAtWave: findings[0]?.wave ?? null, findings }, undefined, 2);
}

/** For people: what is missing, by wave, what to do about each sort, and where a rollout would stop. */
export function reportText(page: Page, report: Report): string {
  const { findings } = report;
  const [first] = findings;
  const notNeeded = report.notNeeded.map(
    ({ kind, name, service }) => `Not needed without layers.platform.services.${service}: ${kind} "${name}"`,
  );
  if (first === undefined)
    return [...notNeeded, page.ink.green(`${summary(report)}: nothing is missing`)].join("\n");
  return [
    findingTable(page, findings),
    ...[...new Set(findings.map(({ kind }) => kind))].map((kind) => `${kind}: ${hints[kind]}`),
    ...(notNeeded.length === 0 ? [] : [notNeeded.join("\n")]),
    page.ink.red(stop(first)),
    page.ink.red(
      `${summary(report)}: ${findings.length === 1 ? "1 finding" : `${findings.length} findings`}`,
    ),
  ].join("\n\n");
}

function findingTable({ ink, columns }: Page, findings: readonly Finding[]): string {
  const rows = findings.map(({ wave, kind, name, missingKeys, expectedBy, provided }) => [
    wave,
    kind,
    missingKeys === undefined ? shown(kind, name) : `${name}: ${missingKeys.join(", ")}`,
    expectedBy.join(", "),
    provided ?? "",
  ]);
  const head = ["wave", "kind", "missing", "expected by", "there is"];
  return table({ head, rows, numbers: ["wave"], bold: ink.bold, width: columns });
}

/** The host of the domain itself has no name below it. */
function shown(kind: Kind, name: string): string {
  return kind === "host" && name === "" ? "(the domain itself)" : name;
}

function stop({ wave, kind, name, expectedBy }: Finding): string {
  const application = `"${expectedBy[0] ?? ""}"`;
  if (kind === "value-file" || kind === "hand-over")
    return `A rollout would not begin: ${application} fails because of ${kind} "${name}"`;
  if (kind === "application")
    return `A rollout would not be complete: application "${name}" is not rendered as the release has it`;
  return `A rollout would stop at wave ${wave}: ${application} does not find ${kind} "${shown(kind, name)}"`;
}

function summary({ environment, release, checkout, applications, expectations }: Report): string {
  return `${environment}, release ${release} (checkout ${checkout}): ${applications} applications, ${expectations} expectations`;
}

const hints: Readonly<Record<Kind, string>> = {
  "value-file": "take it out of layers.argocd.repository.valueFiles, or check out the release that has it",
  "hand-over":
    "check out the release in layers.platform.release: its root application hands over other values",
  application:
    "check out the release unchanged, or correct what the chart of applications renders for it; a value file with argo.enabled.<name>: false leaves it out",
  host: "add a DNS record for it, or switch off the service that serves it in layers.platform.services",
  role: "create an IAM role with this ARN; those that the platform names are in the layer pod-roles",
  "pod-role": "associate the role with this service account in the layer pod-roles",
  bucket: "create it in the layer object-store, under the prefix that is handed over",
  "kms-alias": "create it in the layer kms",
  secret:
    "create it in the cluster before Argo CD begins, e.g. kubectl create secret generic <name> --namespace <namespace> --from-literal=<key>=<value>, or switch off the service that reads it",
  "config-map": "create it in the cluster before Argo CD begins, or switch off the service that reads it",
  "service-account": "create it in the cluster before Argo CD begins",
  "storage-class": "create it in the layer argocd",
  namespace: "create it in the layer argocd, before what it holds",
  "node-label": "give it to a node group in layers.eks.nodeGroups",
  "target-port": "register the pods of this Service with a target group, and let the port in",
  certificate:
    "choose a certificate.source in layers.route53 with which load balancer and cluster share a chain",
  "git-user": "create the user in the Git server, with rights to the repositories of the applications",
};
