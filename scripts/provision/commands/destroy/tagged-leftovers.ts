import { exitCodes, UserError } from "../../../../lib/errors";
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
 * is asked about, because lists by tags are late. Throws if there is any, but for what holds data, such as a restored file system.
 */
export async function surveyTagged(run: DrainRun, signs: Signs): Promise<void> {
  if (run.request.rehearse) return;
  const left = await run.events.step("looking for what is left, by tags", () => signs.left());
  const found = left.filter(
    ({ existence, resource }) => existence.kind === "exists" && resource.type in commands,
  );
  const about = "what no state has, with the tags of a destroyed layer";
  const findings = found.map(lineOf);
  run.events.publish({ type: "account checked", title: "Left by tags", about, findings, unknown: [] });
  const unwanted = found.filter(({ resource }) => !isStateful(resource.type));
  if (unwanted.length === 0) return;
  throw new UserError(
    `Cannot finish destroying "${run.loaded.environment.name}": ${counted(unwanted.length, "object")} with the tags of its layers exist, and no state has ${unwanted.map(({ resource }) => `${resource.type} ${resource.id}`).join(", ")}`,
    `Delete them by the commands above, then run: ${commandLine(run.request)}`,
    exitCodes.recoveryNeeded,
  );
}

function lineOf({ resource: { type, id, region }, existence }: Listed): string {
  const word = existence.kind === "exists" ? existence.word : "";
  return `${type} ${id} (${word}); to delete it, run: aws ${commands[type] ?? ""} ${id} --region ${region}`;
}
