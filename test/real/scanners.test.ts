import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { checkDifferences } from "../../policy/check-differences";
import { checkovVersion, runCheckov } from "./scanners/checkov";
import { explanationOf } from "./scanners/explained";
import { type Exported, exportAll, exportNames, rootOf, writePolicies, writeRoots } from "./scanners/exports";
import { idsIn, listed, type ScannerFinding } from "./scanners/finding";
import { joinLayers, type JoinedRoot } from "./scanners/joined";
import { runParliament } from "./scanners/parliament";
import { sarifResults } from "./scanners/sarif";
import { runTrivy } from "./scanners/trivy";
import { weakened } from "./scanners/weakened";
import { obeying, weaknesses } from "./scanners/weaknesses";
import { missing } from "./tools";

const folder = mkdtempSync(join(tmpdir(), "scanners-"));
let exported: Readonly<Record<string, Exported>>;
let weak: Exported;
let roots: Readonly<Record<string, JoinedRoot>>;

/** Against hanging only. */
const hanging = 1_800_000;
const noCheckov = missing("checkov");
const noTrivy = missing("trivy");
const noParliament = missing("parliament");
const terraform = join(folder, "terraform");

beforeAll(() => {
  if (noCheckov !== undefined && noTrivy !== undefined && noParliament !== undefined) return;
  const all = exportAll();
  weak = { ...all.dev, json: weakened(all.dev.json) };
  exported = all;
  roots = Object.fromEntries(Object.entries({ ...all, weak }).map(([name, one]) => [name, rootOf(one)]));
  writeRoots(terraform, roots);
}, hanging);

afterAll(() => {
  rmSync(folder, { recursive: true });
});

function unexplained(findings: readonly ScannerFinding[], root: string): readonly string[] {
  return listed(findings.filter((finding) => finding.root === root && explanationOf(finding) === undefined));
}

/** The recorded differences that explain none of a scanner's findings, of those with its IDs. */
function stale(findings: readonly ScannerFinding[], isOfScanner: (id: string) => boolean) {
  const used = new Set(findings.map((finding) => explanationOf(finding)?.reason));
  return checkDifferences.filter(({ publicId, reason }) => isOfScanner(publicId) && !used.has(reason));
}

const isOfCheckov = (id: string) => id.startsWith("CKV");
const isOfTrivy = (id: string) => id.startsWith("AWS-");

describe.skipIf(noCheckov !== undefined)(`checkov ${noCheckov ?? ""}`, () => {
  let found: Awaited<ReturnType<typeof runCheckov>>;

  beforeAll(async () => {
    for (const { id, examples } of weaknesses)
      examples.forEach((resource, index) => {
        writeRoots(terraform, { [`weakness-${id}-${index}`]: joinLayers({ layer: { resource } }) });
      });
    for (const { rule, resource } of obeying)
      writeRoots(terraform, { [`obeying-${rule}`]: joinLayers({ layer: { resource } }) });
    found = await runCheckov(terraform);
  }, hanging);

  test("is the version that the exceptions are about", () => {
    expect(found.version).toBe(checkovVersion);
  });

  test.each(exportNames)("finds nothing in %s that the product has no reason for", (name) => {
    expect(unexplained(found.failed, name)).toEqual([]);
  });

  test("reports every recorded difference between its checks and the rules", () => {
    expect(stale(found.failed, isOfCheckov)).toEqual([]);
  });

  test("judges something in an export by every public ID of the rules, unless it has no such resource", () => {
    const ofExports = [...found.failed, ...found.passed].filter(({ root }) => root in exported);
    const judged = new Set(ofExports.map(({ id }) => id));
    const used = new Set(Object.values(roots).flatMap(({ resource }) => Object.keys(resource)));
    const judgeable = weaknesses.filter(({ examples }) =>
      examples.flatMap(Object.keys).every((type) => used.has(type)),
    );
    expect(judgeable.filter(({ id }) => !judged.has(id)).map(({ id }) => id)).toEqual([]);
  });

  test("and the report for code scanning agree that an export has no violation", () => {
    const violations = Object.values(exported).flatMap(({ json, environment }) =>
      sarifResults(json, environment).filter(({ suppressed }) => !suppressed),
    );
    expect(violations).toEqual([]);
  });

  test("and the report for code scanning find the same in an export with weaknesses", () => {
    const reported = sarifResults(weak.json, weak.environment).filter(({ suppressed }) => !suppressed);
    const inReport = reported.map(({ id, resource }) => `${id} ${resource}`);
    const seen = unexplained(found.failed, "weak");
    // What the seeds of test/policy/seeds.ts are by checkov's IDs.
    expect(idsIn(seen)).toEqual([
      "CKV_AWS_100",
      "CKV_AWS_139",
      "CKV_AWS_17",
      "CKV_AWS_274",
      "CKV_AWS_319",
      "CKV_AWS_61",
      "CKV_AWS_79",
    ]);
    expect(seen.filter((finding) => !inReport.includes(finding))).toEqual([]);
  });

  test("finds nothing by a public ID of a rule in resources that obey the rule, but recorded differences", () => {
    const differing = checkDifferences.map(({ publicId }) => publicId);
    const refused = obeying.flatMap(({ rule, publicIds }) =>
      found.failed
        .filter(({ root, id }) => root === `obeying-${rule}` && publicIds.includes(id))
        .filter(({ id }) => !differing.includes(id))
        .map(({ id, address }) => `${rule} ${id} ${address}`),
    );
    expect(refused).toEqual([]);
  });

  test("and the report for code scanning find a weakness of every public ID of the rules", () => {
    const disagreed = weaknesses.flatMap(({ rule, id, examples }) => {
      const seen = examples.map((resource, index) => ({
        inReport: sarifResults({ layer: { resource } }).some((result) => result.id === id),
        byCheckov: found.failed.some(
          ({ root, ...one }) => root === `weakness-${id}-${index}` && one.id === id,
        ),
      }));
      return seen.some(({ inReport, byCheckov }) => inReport && byCheckov)
        ? []
        : [`${rule} ${id}: ${JSON.stringify(seen)}`];
    });
    expect(disagreed).toEqual([]);
  });
});

describe.skipIf(noTrivy !== undefined)(`trivy ${noTrivy ?? ""}`, () => {
  let found: readonly ScannerFinding[];

  beforeAll(async () => {
    found = await runTrivy(terraform);
  }, hanging);

  test.each(exportNames)("finds nothing in %s that the product has no reason for", (name) => {
    expect(unexplained(found, name)).toEqual([]);
  });

  test("reports every recorded difference between its checks and the rules", () => {
    expect(stale(found, isOfTrivy)).toEqual([]);
  });

  test("finds what the report for code scanning finds in an export with weaknesses", () => {
    const reported = sarifResults(weak.json, weak.environment).filter(({ suppressed }) => !suppressed);
    const inReport = reported.map(({ id, resource }) => `${id} ${resource}`);
    const seen = unexplained(found, "weak");
    expect(idsIn(seen)).toEqual(["AWS-0130", "AWS-0132", "AWS-0180", "AWS-0343"]);
    expect(seen.filter((finding) => !inReport.includes(finding))).toEqual([
      // trivy knows a bucket for logs, which has an exception, by the policy that the seeds replace.
      "AWS-0132 audit aws_s3_bucket_server_side_encryption_configuration.access-logs-encryption",
    ]);
  });
});

describe.skipIf(noParliament !== undefined)(`parliament ${noParliament ?? ""}`, () => {
  let found: readonly ScannerFinding[];

  beforeAll(async () => {
    const written = join(folder, "policies");
    writePolicies(written, roots);
    found = await runParliament(written);
  }, hanging);

  test.each(exportNames)("finds nothing in the policies of %s that the product has no reason for", (name) => {
    expect(unexplained(found, name)).toEqual([]);
  });

  test("reports every recorded difference", () => {
    expect(stale(found, (id) => !isOfCheckov(id) && !isOfTrivy(id))).toEqual([]);
  });

  test("finds actions, conditions and resources that do not exist", () => {
    expect(idsIn(unexplained(found, "weak"))).toEqual([
      "RESOURCE_MISMATCH",
      "UNKNOWN_ACTION",
      "UNKNOWN_CONDITION_FOR_ACTION",
    ]);
  });
});
