import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { z } from "zod";
import { defineLayer, inOrder } from "../../lib/layer/layer";
import { text } from "../../lib/layer/outputs";
import { FakeWorld } from "./fake-world";
import { run } from "./runs";
import { cellar } from "./toys";

/** Two keys that no name tells, an alias and a bucket that have one, and a network without any tag of its own. */
export const keys = defineLayer({
  name: "keys",
  summary: "Keys",
  settings: z.strictObject({}),
  needs: {},
  outputs: { keyId: text("ID of a key") },
  build(stack) {
    const key = new KmsKey(stack, "data-key", { tags: { Name: "dev-data" } });
    new KmsKey(stack, "logs-key", { tags: { Name: "dev-logs" } });
    new KmsAlias(stack, "data-alias", { name: "alias/dev-data", targetKeyId: key.keyId });
    new S3Bucket(stack, "files", { bucket: "dev-files", tags: { Name: "dev-files" } });
    new Vpc(stack, "vpc", { cidrBlock: "10.0.0.0/16" });
    return { keyId: key.keyId };
  },
});
export const layers = inOrder([cellar, keys]);
export const record = ".provision/dev/creations/keys.jsonl";
const own = { environment: "dev", layer: "keys" };

/** A world whose account lists what has tags. */
export class TaggedWorld extends FakeWorld {
  /** How often AWS was asked for what has tags. */
  asked = 0;
  /** What AWS says instead. */
  refusal: Error | undefined;

  constructor() {
    super();
    const send = this.aws.send.bind(this.aws);
    Object.assign(this.aws, {
      send: (...given: Parameters<typeof send>) =>
        given[0].operation === "GetResources" ? this.listTagged(given[0].region) : send(...given),
    });
  }

  private listTagged(region: string | undefined): Promise<object> {
    this.asked += 1;
    if (this.refusal !== undefined) return Promise.reject(this.refusal);
    const found = [...this.cloud.objects.values()].filter(
      // The key of the state bucket has the tags of another layer.
      ({ type, body }) => type === "aws_kms_key" && body?.["tags"] !== undefined,
    );
    const mapped = found.map(({ id, body }) => ({
      ResourceARN: `arn:aws:kms:us-west-2:123456789012:key/${id}`,
      Tags: Object.entries({ ...own, ...(body?.["tags"] as object) }).map(([Key, Value]) => ({ Key, Value })),
    }));
    return Promise.resolve({ ResourceTagMappingList: region === "us-west-2" ? mapped : [] });
  }

  state(): {
    readonly serial: number;
    readonly resources: readonly {
      readonly type: string;
      readonly name: string;
      readonly instances: readonly { readonly attributes: { readonly id?: string } }[];
    }[];
  } {
    return JSON.parse(this.cloud.stored.get(this.stateKey) ?? '{"serial":0,"resources":[]}') as ReturnType<
      TaggedWorld["state"]
    >;
  }

  get stateKey(): string {
    return (
      [...this.cloud.stored.keys()].find((key) => key.endsWith("/keys/dev")) ?? "dev-state/us-west-2/keys/dev"
    );
  }

  get addresses(): readonly string[] {
    return this.state()
      .resources.map(({ type, name }) => `${type}.${name}`)
      .toSorted();
  }
}

/** Nothing in the bucket says that there was a state: of a run that was killed, the journal has no end of a layer. */
export function forgetState({ cloud, stateKey }: TaggedWorld): void {
  const keys = [...cloud.stored.keys()].filter((key) => key === stateKey || key.includes("/journal/"));
  for (const key of keys) cloud.stored.erase(key);
}

/** A world in which everything of "keys" was created, and the state was lost with the Terraform that was killed. */
export async function afterKill(withRecord = true): Promise<TaggedWorld> {
  const world = new TaggedWorld();
  let lines = "";
  const append = world.files.append.bind(world.files);
  Object.assign(world.files, {
    append: (path: string, line: string) => {
      if (path === record) lines += line;
      append(path, line);
    },
  });
  const ended = await run(world, "--env dev --yes", layers);
  if (ended !== 0 || world.files.read(record) !== undefined) throw new Error("not everything was created");
  forgetState(world);
  if (withRecord) world.files.write(record, lines);
  world.printed.length = 0;
  world.ran.length = 0;
  return world;
}

export const everything = [
  "aws_kms_alias.data-alias",
  "aws_kms_key.data-key",
  "aws_kms_key.logs-key",
  "aws_s3_bucket.files",
  "aws_vpc.vpc",
];
