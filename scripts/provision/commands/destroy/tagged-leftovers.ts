import { exitCodes, UserError } from "../../../../lib/errors";
import type { Unasked } from "../../aws/unasked";
import { curesOf, unaskedLines, unaskedText } from "../../aws/unasked-text";
import { commandLine } from "../../command-line/request";
import { counted } from "../../run/counted";
import { isStateful } from "../../terraform/stateful";
import type { DrainRun } from "./drain/drain-run";
import type { Listed, Signs } from "./signs";

/** How to delete what can be asked about, by its type in Terraform; the ID comes last. */
const commands: Readonly<Record<string, string>> = {
  aws_acm_certificate: "acm delete-certificate --certificate-arn",
  aws_efs_access_point: "efs delete-access-point --access-point-id",
  aws_efs_file_system: "efs delete-file-system --file-system-id",
  aws_eip: "ec2 release-address --allocation-id",
  aws_instance: "ec2 terminate-instances --instance-ids",
  aws_lb: "elbv2 delete-load-balancer --load-balancer-arn",
  aws_nat_gateway: "ec2 delete-nat-gateway --nat-gateway-id",
  aws_vpc: "ec2 delete-vpc --vpc-id",
  aws_vpc_endpoint: "ec2 delete-vpc-endpoints --vpc-endpoint-ids",
};

/**
 * Names what still exists with the tags of the destroyed layers, which no search could import, and the command that deletes it. Each
 * is asked about, because lists by tags are late. Throws if there is any, but for what holds data, such as a restored file system; and if
 * AWS did not say what there is.
 */
export async function surveyTagged(run: DrainRun, signs: Signs): Promise<void> {
  if (run.request.rehearse) return;
  const { listed, unasked } = await run.events.step("looking for what is left, by tags", () => signs.left());
  const found = listed.filter(
    ({ existence, resource }) => existence.kind === "exists" && resource.type in commands,
  );
  const about = "what no state has, with the tags of a destroyed layer";
  const uncertain = listed.filter(({ existence }) => existence.kind === "unknown");
  const unknown = [...uncertainLines(uncertain), ...unaskedLines(unasked)];
  const findings = found.map(lineOf);
  run.events.publish({ type: "account checked", title: "Left by tags", about, findings, unknown });
  // Before the others, which the next run finds again.
  if (signs.unreached.length > 0) throw unreached(run, signs.unreached);
  const unwanted = found.filter(({ resource }) => !isStateful(resource.type));
  const open = uncertain.filter(({ existence }) => reasonOf(existence) !== undefined);
  if (unwanted.length > 0) throw left(run, unwanted);
  if (open.length > 0 || unasked.length > 0) throw unknownLeft(run, open, unasked);
}

function unreached(run: DrainRun, texts: readonly string[]): UserError {
  return new UserError(
    `Cannot finish destroying "${run.loaded.environment.name}": ${counted(texts.length, "object")} may exist and be in no state, and could not be imported: ${texts.join("; ")}`,
    `Look for them in the AWS console, and delete those that exist; then run: ${commandLine(run.request)}`,
    exitCodes.recoveryNeeded,
  );
}

function left(run: DrainRun, unwanted: readonly Listed[]): UserError {
  return new UserError(
    `Cannot finish destroying "${run.loaded.environment.name}": ${counted(unwanted.length, "object")} with the tags of its layers exist, and no state has ${textsOf(unwanted)}`,
    `Delete them by the commands above, then run: ${commandLine(run.request)}`,
    exitCodes.recoveryNeeded,
  );
}

function unknownLeft(run: DrainRun, open: readonly Listed[], unasked: readonly Unasked[]): UserError {
  const reasons = [...new Set(open.map(({ existence }) => reasonOf(existence)))].join("; ");
  const objects = open.length === 0 ? [] : [`${textsOf(open)} may exist, ${reasons}`];
  const parts = unasked.length === 0 ? objects : [...objects, unaskedText(unasked)];
  const cures = unasked.length === 0 ? "Wait a minute, or use a role that may ask" : curesOf(unasked);
  return new UserError(
    `Cannot finish destroying "${run.loaded.environment.name}": it is not known whether all is gone; ${parts.join("; ")}`,
    `${cures}; then run: ${commandLine(run.request)}`,
    exitCodes.recoveryNeeded,
  );
}

function textsOf(listed: readonly Listed[]): string {
  return listed.map(({ resource: { type, id } }) => `${type} ${id}`).join(", ");
}

function reasonOf(existence: Listed["existence"]): string | undefined {
  return existence.kind === "unknown" ? existence.because : undefined;
}

/** One line for each reason. */
function uncertainLines(uncertain: readonly Listed[]): readonly string[] {
  const late = "AWS lists for hours what is deleted, and nothing else is asked about these types";
  const reasons = new Set(uncertain.map(({ existence }) => reasonOf(existence)));
  return [...reasons].map((reason) => {
    const of = uncertain.filter(({ existence }) => reasonOf(existence) === reason);
    return `May exist: ${textsOf(of)}; ${reason ?? late}`;
  });
}

function lineOf({ resource: { type, id, region }, existence }: Listed): string {
  const word = existence.kind === "exists" ? existence.word : "";
  return `${type} ${id} (${word}); to delete it, run: aws ${commands[type] ?? ""} ${id} --region ${region}`;
}
