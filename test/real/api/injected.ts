import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { terraform, type Variables } from "../terraform";
import { userAgentOf } from "./proxy";

const tooLong = "v".repeat(257);

/** A resource of every protocol, with a tag and some text that AWS would refuse; the provider lets all of it through. */
const layer = {
  terraform: {
    backend: { local: { path: "terraform.tfstate" } },
    required_providers: { aws: { source: "hashicorp/aws", version: "5.100.0" } },
  },
  provider: { aws: { region: "us-west-2", max_retries: 1, default_tags: { tags: { customer: tooLong } } } },
  resource: {
    aws_efs_file_system: { wrong: { creation_token: "wrong" } },
    aws_iam_role: {
      wrong: {
        name: "wrong",
        assume_role_policy: JSON.stringify({ Version: "2012-10-17", Statement: [] }),
        description: "A dash \u2013 not one of Latin-1",
      },
    },
    aws_s3_bucket: { wrong: { bucket: "wrong-4711" } },
    aws_secretsmanager_secret: { wrong: { name: "wrong", description: "d".repeat(2049) } },
    aws_vpc: { wrong: { cidr_block: "10.0.0.0/16" } },
  },
};

/** Has the real provider send what is wrong; `from` is a folder that is prepared for it. */
export async function applyWrongLayer(folder: string, from: string, variables: Variables): Promise<void> {
  mkdirSync(folder);
  for (const prepared of [".terraform", ".terraform.lock.hcl"])
    cpSync(join(from, prepared), join(folder, prepared), { recursive: true, verbatimSymlinks: true });
  writeFileSync(join(folder, "cdk.tf.json"), JSON.stringify(layer));
  const asked = { ...variables, TF_APPEND_USER_AGENT: userAgentOf("wrong", "apply") };
  // The emulator refuses some of it, and takes the rest.
  await terraform(folder, asked, "apply", "-input=false", "-auto-approve", "-parallelism=40");
}
