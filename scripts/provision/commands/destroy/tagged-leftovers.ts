import { healthByType } from "../../../../lib/aws-facts/health/index";
import { allPages, awsCall } from "../../../../lib/layer/aws-call";
import type { AnyLayer } from "../../../../lib/layer/layer";
import { tryAws } from "../../aws/client";
import { faultText } from "../../aws/fault";
import { conditionOf } from "../../aws/health";
import { noResultText } from "../../aws/no-result";
import type { Run } from "../../run/run";

/** What costs by the hour: as the list by tags calls it, its type in Terraform, and how to delete it. */
const kinds = [
  ["ec2:instance", "aws_instance", "ec2 terminate-instances --instance-ids"],
  ["ec2:natgateway", "aws_nat_gateway", "ec2 delete-nat-gateway --nat-gateway-id"],
  ["ec2:vpc-endpoint", "aws_vpc_endpoint", "ec2 delete-vpc-endpoints --vpc-endpoint-ids"],
  ["elasticfilesystem:file-system", "aws_efs_file_system", "efs delete-file-system --file-system-id"],
  ["elasticloadbalancing:loadbalancer", "aws_lb", "elbv2 delete-load-balancer --load-balancer-arn"],
] as const;

/** AWS lists what it has deleted for up to an hour. */
const gone = /^(delet(ed|ing)|terminated|shutting-down)$/i;

/**
 * Names what still exists with the tags of the destroyed layers, e.g. after a run that was killed before its state was saved, and
 * the command that deletes it. Each is asked about, because lists by tags are late; never fails a run.
 */
export async function surveyTagged(run: Run, layers: readonly AnyLayer[]): Promise<void> {
  if (run.request.rehearse || layers.length === 0) return;
  const about = "what no state has, with the tags of a destroyed layer";
  const { findings, unknown } = await run.events.step("looking for what is left, by tags", () =>
    leftOf(run, layers).catch((error: unknown) => notChecked(noResultText(error))),
  );
  run.events.publish({ type: "account checked", title: "Left by tags", about, findings, unknown });
}

interface Left {
  readonly findings: readonly string[];
  readonly unknown: readonly string[];
}

function notChecked(because: string): Left {
  return { findings: [], unknown: [`Not checked: what is left by tags, ${because}`] };
}

async function leftOf(run: Run, layers: readonly AnyLayer[]): Promise<Left> {
  const { name, tagKeys } = run.loaded.environment;
  const call = awsCall("resource-groups-tagging-api", "GetResources", {
    TagFilters: [
      { Key: tagKeys.environment, Values: [name] },
      { Key: tagKeys.layer, Values: layers.map((layer) => layer.name) },
    ],
    ResourceTypeFilters: kinds.map(([filter]) => filter),
  });
  const reply = await tryAws(run, allPages(call, "ResourceTagMappingList"), "question");
  if (reply.kind === "fault") return notChecked(faultText(reply.fault));
  const arns = (reply.output.ResourceTagMappingList ?? []).map(({ ResourceARN = "" }) => ResourceARN);
  const lines = await Promise.all(arns.map((arn) => lineOf(run, arn)));
  return { findings: lines.flatMap((line) => line ?? []), unknown: [] };
}

/** Undefined for what is gone. */
async function lineOf(run: Run, arn: string): Promise<string | undefined> {
  const [, , service = "", , , resource = ""] = arn.split(":");
  const kind = kinds.find(([filter]) => filter === `${service}:${resource.split("/")[0] ?? ""}`);
  if (kind === undefined) return undefined;
  const [, type, command] = kind;
  const id = type === "aws_lb" ? arn : (resource.split("/").at(-1) ?? "");
  const health = healthByType[type];
  if (typeof health !== "object") return undefined;
  const condition = await conditionOf(run, health, id);
  if (!("word" in condition) || gone.test(condition.word)) return undefined;
  const { region } = run.loaded.environment;
  return `${type} ${id} (${condition.word}); to delete it, run: aws ${command} ${id} --region ${region}`;
}
