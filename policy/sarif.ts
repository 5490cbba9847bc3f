import { isAbsolute } from "node:path";
import { pathToFileURL } from "node:url";
import type { Log, ReportingDescriptor, Result, ToolComponent } from "sarif";
import type { Judgement } from "./judgement";
import type { Violation } from "./rule";
import type { Rule } from "./rule";

/** What code scanning attributes the findings to. */
export interface SarifSource {
  /** The environment file, relative to the repository, or absolute. */
  readonly file: string;
  readonly version: string;
}

/** The report for code scanning of code hosts: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html */
export function policySarif(judgement: Judgement, rules: readonly Rule[], source: SarifSource): string {
  const results = [
    ...judgement.violations.map((violation) => result(violation, rules, source)),
    ...judgement.excepted.map(({ exception, ...violation }): Result => ({
      ...result(violation, rules, source),
      suppressions: [{ kind: "external", justification: exception.reason }],
    })),
  ];
  const driver: ToolComponent = {
    name: "edge-orchestrator-aws policy",
    semanticVersion: source.version,
    rules: rules.map(descriptor),
  };
  const log: Log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [{ tool: { driver }, results }],
  };
  return JSON.stringify(log, undefined, 2);
}

function descriptor({ id, title, reason, fix, publicIds }: Rule): ReportingDescriptor {
  return {
    id,
    shortDescription: { text: title },
    fullDescription: { text: `${reason}.` },
    help: { text: `${fix}.` },
    defaultConfiguration: { level: "error" },
    properties: { tags: [...publicIds] },
  };
}

function result(violation: Violation, rules: readonly Rule[], { file }: SarifSource): Result {
  const { rule, layer, address, message } = violation;
  const name = `${layer}.${address}`;
  return {
    ruleId: rule.id,
    ruleIndex: rules.indexOf(rule),
    level: "error",
    message: { text: `${name}: ${message}` },
    locations: [
      {
        physicalLocation: { artifactLocation: { uri: uriOf(file) }, region: { startLine: 1 } },
        logicalLocations: [{ fullyQualifiedName: name, kind: "resource" }],
      },
    ],
    partialFingerprints: { "resource/v1": `${rule.id} ${name}` },
  };
}

/** Relative files stay relative, as the code host resolves them: https://www.rfc-editor.org/rfc/rfc3986#section-4.2 */
function uriOf(file: string): string {
  return isAbsolute(file) ? pathToFileURL(file).href : file.split("/").map(encodeURIComponent).join("/");
}
