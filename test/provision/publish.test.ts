import { beforeEach, describe, expect, test } from "vitest";
import { awsError } from "./aws-error";
import { FakeRelease, refused } from "./fake-release";
import { FakeWorld } from "./fake-world";
import { imageLayout, tarOf } from "./oci-layout";
import { releaseLayers, withReleaseService } from "./release-layers";
import { run } from "./runs";

const settings = {
  enabled: true,
  repositories: ["edge/tool", "edge/agent"],
  publishers: {
    ci: {
      ...{ source: "gitlab", project: "a/b", branches: ["main"] },
      ...{ repositories: ["edge/tool"], pathPrefixes: ["edge/tool/"] },
    },
  },
};
const file = Buffer.from("the installer");
const large = Buffer.alloc(20 * 1024 * 1024 + 5, "large ");
const key = "files/edge/tool/v1.0/tool.tgz";
const tag = "dev-release/edge/tool:v1.0";

let world: FakeWorld;
let release: FakeRelease;

beforeEach(() => {
  world = new FakeWorld();
  withReleaseService(world, settings);
  world.binaries.set("tool.tgz", file);
  world.binaries.set("large.tgz", large);
  release = new FakeRelease(world);
  // The seconds pass.
  Object.assign(world.clock, {
    every: (seconds: number, act: () => void) => {
      const timer = seconds === 1 ? setInterval(act) : undefined;
      return () => {
        clearInterval(timer);
      };
    },
  });
});

const publish = (rest: string) => run(world, `publish ${rest} --env dev`, releaseLayers);
const tool = (rest = "") => publish(`tool.tgz --to edge/tool:v1.0${rest}`);
const big = (rest = "") => publish(`large.tgz --to edge/tool:v1.0${rest}`);
const failure = (message: string | RegExp, hint: string | RegExp = "") =>
  expect.objectContaining({
    message: expect.stringMatching(typeof message === "string" ? escaped(message) : message) as string,
    hint: expect.stringMatching(typeof hint === "string" ? escaped(hint) : hint) as string,
  }) as unknown;
const escaped = (text: string) => new RegExp(text.replace(/[$()*+.?[\\\]^{|}]/g, "\\$&"));
const uploads = () => release.asked.filter((asked) => /^(PUT|POST)|PutObject|Upload/.test(asked));

describe("a file", () => {
  test("is an artefact in the registry and a file in the bucket, and its tag comes last", async () => {
    expect(await tool()).toBe(0);
    expect(release.objects.get(key)?.bytes).toEqual(file);
    // JSON that the command has made.
    const manifest = JSON.parse(release.manifests.get(tag)?.toString() ?? "") as {
      layers: { digest: string; annotations: object }[];
    };
    expect(manifest).toMatchObject({
      mediaType: "application/vnd.oci.image.manifest.v1+json",
      artifactType: "application/vnd.unknown.artifact.v1",
      annotations: {
        "org.opencontainers.image.title": "tool.tgz",
        "org.opencontainers.image.version": "v1.0",
      },
    });
    expect(manifest.layers[0]?.annotations).toEqual({ "org.opencontainers.image.title": "tool.tgz" });
    expect(release.blobs.get(manifest.layers[0]?.digest ?? "")).toEqual(file);
    expect(uploads().at(-1)).toBe(`PUT /v2/dev-release/edge/tool/manifests/v1.0`);
    expect(world.printed.join("\n")).toContain("https://files-rs.dev.example.com/edge/tool/v1.0/tool.tgz");
    expect(world.printed.join("\n")).toContain("registry-rs.dev.example.com/edge/tool:v1.0");
  });

  test("has the annotations, the type and the path that are given, and those of its build", async () => {
    Object.assign(world.environment, { SOURCE_DATE_EPOCH: "1767225600", GITHUB_SHA: "abc" });
    const options = " --artifact-type a/b --annotation x=1=2 --path edge/tool/latest.tgz";
    expect(await tool(options)).toBe(0);
    expect(release.objects.has("files/edge/tool/latest.tgz")).toBe(true);
    expect(JSON.parse(release.manifests.get(tag)?.toString() ?? "")).toMatchObject({
      artifactType: "a/b",
      annotations: {
        x: "1=2",
        "org.opencontainers.image.created": "2026-01-01T00:00:00Z",
        "org.opencontainers.image.revision": "abc",
      },
    });
  });

  test("goes to one store alone on request", async () => {
    expect(await tool(" --store registry")).toBe(0);
    expect([release.objects.size, release.manifests.size]).toEqual([0, 1]);
    expect(await publish("tool.tgz --to other:v2 --store files")).toBe(0);
    expect(release.objects.has("files/other/v2/tool.tgz")).toBe(true);
  });

  test("that is published is left alone", async () => {
    await tool();
    release.asked.length = 0;
    expect(await tool()).toBe(0);
    expect(uploads()).toEqual([]);
    expect(world.printed.join("\n")).toContain("Already published");
  });

  test.each([
    ["the tag", () => release.manifests.delete(tag)],
    ["the file", () => release.objects.delete(key)],
  ])("is completed where only %s is missing", async (_, lose) => {
    await tool();
    lose();
    expect(await tool()).toBe(0);
    expect([release.objects.has(key), release.manifests.has(tag)]).toEqual([true, true]);
  });

  test("of many megabytes is uploaded in parts, and known again by the checksum of them", async () => {
    expect(await big()).toBe(0);
    expect(release.objects.get("files/edge/tool/v1.0/large.tgz")?.bytes.equals(large)).toBe(true);
    expect(release.asked.filter((asked) => asked.startsWith("s3 UploadPart"))).toHaveLength(3);
    release.asked.length = 0;
    expect(await big()).toBe(0);
    expect(uploads()).toEqual([]);
  });

  test("is only described with --dry-run, also for programs", async () => {
    expect(await tool(" --dry-run --json")).toBe(0);
    expect(uploads()).toEqual([]);
    // The document that was printed.
    const document = JSON.parse(world.printed.join("\n")) as { uploads: object[] };
    expect(document).toMatchObject({ status: "dry run", file: { key, size: 13 } });
    expect(document.uploads).toHaveLength(4);
  });
});

describe("what is published with other content is not overwritten", () => {
  test("a tag, and nothing is uploaded before", async () => {
    await tool();
    release.asked.length = 0;
    world.binaries.set("tool.tgz", Buffer.from("another"));
    expect(await tool(" --store registry")).toEqual(
      failure(
        /^Cannot publish "edge\/tool:v1\.0": dev-release\/edge\/tool has this tag for sha256:\w+, and this would be sha256:/,
        "Publish it with another tag",
      ),
    );
    expect(uploads()).toEqual([]);
  });

  test("a file, and nothing is uploaded before", async () => {
    release.objects.set(key, { bytes: Buffer.from("another one!!"), checksum: "x" });
    expect(await tool()).toEqual(
      failure(
        'Cannot publish "edge/tool/v1.0/tool.tgz": the bucket "dev-123456789012-releases" has another file of that path',
        "another --path",
      ),
    );
    expect(uploads()).toEqual([]);
  });

  test.each([
    ["NoSuchUpload", "CompleteMultipartUpload"],
    ["ConditionalRequestConflict", "CompleteMultipartUpload"],
    ["NoSuchUpload", "UploadPart"],
  ])("but %s at %s is no failure if another run has created the same file", async (code, operation) => {
    let checksum = "";
    await big();
    for (const [path, object] of release.objects) if (path.endsWith("large.tgz")) ({ checksum } = object);
    release.objects.clear();
    release.instead = (asked) => {
      if (!asked.startsWith(`s3 ${operation}`)) return undefined;
      release.objects.set("files/edge/tool/v1.0/large.tgz", { bytes: large, checksum });
      return awsError(code, "because");
    };
    expect(await big()).toBe(0);
    release.instead = (asked) =>
      asked.startsWith(`s3 ${operation}`) ? awsError(code, "because") : undefined;
    release.objects.clear();
    expect(await big()).toEqual(failure(code, "then run: "));
  });

  test("nor by a run that began at the same time", async () => {
    release.instead = (asked) => {
      if (asked.startsWith("s3 CompleteMultipartUpload"))
        release.objects.set("files/edge/tool/v1.0/large.tgz", { bytes: file, checksum: "x" });
      return undefined;
    };
    expect(await big()).toEqual(failure("files are not overwritten"));
    expect(release.uploads.size).toBe(0);
    expect(release.manifests.size).toBe(0);
  });
});

describe("an upload goes on", () => {
  test("after a part failed: only what is missing is sent again", async () => {
    let parts = 0;
    release.instead = (asked) =>
      asked.startsWith("s3 UploadPart") && ++parts === 3 ? awsError("ExpiredToken", "expired") : undefined;
    expect(await big()).toEqual(failure("expired", "publish"));
    expect(release.manifests.size).toBe(0);
    release.instead = () => undefined;
    release.asked.length = 0;
    expect(await big()).toBe(0);
    expect(release.asked.filter((asked) => asked.startsWith("s3 UploadPart"))).toHaveLength(1);
    expect(release.asked.filter((asked) => asked.includes("/blobs/uploads/"))).toEqual([]);
    expect(release.objects.get("files/edge/tool/v1.0/large.tgz")?.bytes.equals(large)).toBe(true);
  });

  test("after a Ctrl-C, which ends it with what to type", async () => {
    release.instead = (asked) => {
      if (asked.startsWith("s3 UploadPart")) world.interrupt();
      return undefined;
    };
    expect(await big()).toEqual(
      failure('Cannot finish "dev": you interrupted the run', "publish --env dev --file large.tgz"),
    );
    expect(release.manifests.size).toBe(0);
    release.instead = () => undefined;
    expect(await big()).toBe(0);
  });

  test("without the parts of another file at the same path", async () => {
    let parts = 0;
    release.instead = (asked) =>
      asked.startsWith("s3 UploadPart") && ++parts === 3 ? awsError("ExpiredToken", "expired") : undefined;
    await big();
    const other = Buffer.from(large).fill("x", 0, 10);
    world.binaries.set("large.tgz", other);
    release.instead = () => undefined;
    expect(await big()).toBe(0);
    expect(release.objects.get("files/edge/tool/v1.0/large.tgz")?.bytes.equals(other)).toBe(true);
  });
});

describe("a file that changes while it is published", () => {
  const changed = failure(
    'Cannot publish "large.tgz": it was changed while it was read',
    "Run the same command again when nothing writes to it",
  );
  const shrink = (pattern: RegExp, bytes: Buffer) => {
    release.instead = (asked) => {
      if (pattern.test(asked)) world.binaries.set("large.tgz", bytes);
      return undefined;
    };
  };

  test.each([
    ["shorter", /^POST/, large.subarray(9)],
    ["another", /^POST/, Buffer.from(large).fill("x", 0, 10)],
    ["shorter", /^s3 CreateMultipartUpload/, large.subarray(9)],
    ["another", /^s3 CreateMultipartUpload/, Buffer.from(large).fill("x", 0, 10)],
  ])("is not published: %s after %s", async (_, pattern, bytes) => {
    shrink(pattern, bytes);
    expect(await big()).toEqual(changed);
    expect([release.manifests.size, release.objects.size]).toEqual([0, 0]);
  });
});

test("an empty file goes to the bucket alone, because ECR takes no empty blob", async () => {
  world.binaries.set("tool.tgz", Buffer.alloc(0));
  expect(await tool()).toEqual(
    failure('Cannot publish "tool.tgz": it is empty, and ECR takes no empty blob', "--store files"),
  );
  expect(uploads()).toEqual([]);
  expect(await tool(" --store files")).toBe(0);
  expect(release.objects.get(key)?.bytes).toHaveLength(0);
});

describe("the registry", () => {
  const once = (pattern: RegExp, ...happens: readonly ReturnType<FakeRelease["instead"]>[]) => {
    const left = [...happens];
    release.instead = (asked) => (pattern.test(asked) ? left.shift() : undefined);
  };
  const lost = () => Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" });

  test.each([
    ["a lost connection", /PUT .*uploads/, lost()],
    ["a fault of the server", /manifests\/v1/, refused(503, "UNAVAILABLE")],
    ["too many requests", /HEAD/, refused(429, "TOOMANYREQUESTS")],
    ["a token that is no longer valid", /POST/, refused(401, "UNAUTHORIZED")],
  ])("is asked again after %s", async (_, pattern, happens) => {
    once(pattern, happens);
    expect(await tool()).toBe(0);
    expect(release.manifests.has(tag)).toBe(true);
  });

  test("is not asked for ever", async () => {
    release.instead = (asked) => (asked.startsWith("POST") ? refused(503, "UNAVAILABLE") : undefined);
    expect(await tool()).toEqual(failure('AWS says "UNAVAILABLE: because"', "Wait a minute; then run"));
    expect(release.asked.filter((asked) => asked.startsWith("POST"))).toHaveLength(5);
  });

  test("gets a blob once, although the answer was lost", async () => {
    const happened = new Set<string>();
    release.instead = (asked) => {
      if (!asked.startsWith("PUT /v2/dev-release/edge/tool/blobs") || happened.size > 0) return undefined;
      happened.add(asked);
      release.blobs.set(
        "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a",
        Buffer.from("{}"),
      );
      return lost();
    };
    expect(await tool()).toBe(0);
    expect(uploads().filter((asked) => asked.startsWith("POST"))).toHaveLength(2);
  });

  test.each([
    ["the push of a manifest, but of the same", true, 0],
    ["the push of a manifest of another content", false, failure("because")],
  ])("was given the tag by another run before %s", async (_, same, result) => {
    if (same) {
      await tool();
      const bytes = release.manifests.get(tag) ?? Buffer.alloc(0);
      release.manifests.clear();
      release.instead = (asked) => {
        if (asked.startsWith("PUT") && asked.endsWith("/manifests/v1.0")) release.manifests.set(tag, bytes);
        return undefined;
      };
    } else
      release.instead = (asked) => {
        if (asked.startsWith("PUT") && asked.endsWith("/manifests/v1.0")) release.manifests.set(tag, file);
        return undefined;
      };
    expect(await tool()).toEqual(result);
  });

  test("whose token goes nowhere else", async () => {
    release.instead = (asked) =>
      asked.startsWith("POST")
        ? { status: 202, headers: { location: "https://elsewhere.example.com/x" }, body: Buffer.alloc(0) }
        : undefined;
    expect(await tool()).toEqual(
      failure('refers to "https://elsewhere.example.com", which is not the registry', "HTTPS_PROXY"),
    );
  });

  test("whose answer names no address is refused", async () => {
    once(/POST/, { status: 202, headers: { location: "http://[" }, body: Buffer.alloc(0) });
    expect(await tool()).toEqual(failure('123456789012.dkr.ecr.us-west-2.amazonaws.com refers to "http://['));
  });

  test.each([
    [
      "the publishers that may",
      refused(403, "DENIED"),
      'that of the publisher "ci", whose repositories include it',
    ],
    ["that it is not applied", refused(404, "NAME_UNKNOWN"), "--env dev --only release-service"],
  ])("that refuses leads to %s", async (_, answer, hint) => {
    once(/GET/, answer);
    expect(await tool()).toEqual(failure('Cannot read the tag "v1.0" of "edge/tool"', hint));
  });

  test("of another account is not used", async () => {
    release.account = "999999999999";
    expect(await tool()).toEqual(
      failure(
        'the credentials are for account "999999999999", but "dev" is in account "123456789012"',
        "AWS_PROFILE",
      ),
    );
  });

  test("is asked with a token that appears nowhere", async () => {
    release.instead = (asked) => (asked.startsWith("POST") ? refused(500, "INTERNAL") : undefined);
    const result = await tool();
    const said = [
      ...world.printed,
      ...world.errors,
      ...world.statuses,
      JSON.stringify(result),
      ...world.texts.values(),
    ];
    expect(said.join("\n")).not.toContain("token-1");
  });
});

test.each([
  ["AccessDenied", 'the publisher "ci", whose pathPrefixes include it'],
  ["NoSuchBucket", "--env dev --only release-service"],
])("the bucket's %s leads to what to do", async (code, hint) => {
  release.instead = (asked) => (asked.startsWith("s3 ListObjectsV2") ? awsError(code, "no") : undefined);
  expect(await tool()).toEqual(failure('Cannot look for "edge/tool/v1.0/tool.tgz" in the bucket', hint));
});

describe("an image", () => {
  const image = imageLayout();
  const agent = () => publish("image --to edge/agent:v2");
  const stored = (layout: ReadonlyMap<string, Buffer>) => {
    for (const [name, bytes] of layout) world.binaries.set(`image/${name}`, bytes);
  };

  test.each(["folder", "tar"])(
    "in a %s is pushed with every platform, and to the registry only",
    async (kind) => {
      if (kind === "folder") stored(image.files);
      else world.binaries.set("image", tarOf(image.files));
      expect(await agent()).toBe(0);
      expect(release.manifests.get("dev-release/edge/agent:v2")).toEqual(image.index);
      for (const digest of image.platforms)
        expect(release.manifests.has(`dev-release/edge/agent:${digest}`)).toBe(true);
      for (const digest of image.blobs) expect(release.blobs.has(digest)).toBe(true);
      expect(release.objects.size).toBe(0);
      expect(uploads().at(-1)).toBe("PUT /v2/dev-release/edge/agent/manifests/v2");
    },
  );

  test("of which the layout lists the platforms itself has that list as its index", async () => {
    const { files, flat } = imageLayout();
    stored(new Map([...files, ["index.json", flat]]));
    expect(await agent()).toBe(0);
    expect(release.manifests.get("dev-release/edge/agent:v2")).toEqual(flat);
  });

  test("has the layers whose list of other addresses is empty, too", async () => {
    const { files, blobs } = imageLayout({ urls: [] });
    stored(files);
    expect(await agent()).toBe(0);
    for (const digest of blobs) expect(release.blobs.has(digest)).toBe(true);
  });

  test("is published as a file on request", async () => {
    world.binaries.set("image", tarOf(image.files));
    expect(await publish("image --to edge/agent:v2 --as file")).toBe(0);
    expect(release.objects.has("files/edge/agent/v2/image")).toBe(true);
  });

  const [layer = ""] = image.blobs;
  test.each<readonly [string, (files: Map<string, Buffer>) => void, string | RegExp]>([
    ["lacks a blob", (files) => files.delete(`blobs/${layer.replace(":", "/")}`), `${layer} is missing`],
    [
      "has another blob",
      (files) => files.set(`blobs/${layer.replace(":", "/")}`, file),
      `${layer} has other content`,
    ],
    ["has no list", (files) => files.delete("index.json"), "it has no index.json"],
    [
      "has an invalid list",
      (files) => files.set("index.json", file),
      "index.json is not as the OCI image specification has it",
    ],
    [
      "has several images",
      (files) => files.set("index.json", image.named),
      'it has several images, "a", "b"',
    ],
    [
      "has an empty blob",
      (files) => {
        for (const [name, bytes] of imageLayout({ empty: true }).files) files.set(name, bytes);
      },
      /sha256:e3b0c44\w+ is empty, and ECR takes no empty blob/,
    ],
    [
      "has a kind of content that moves the cursor",
      (files) => files.set("index.json", image.escaping),
      'the media type "text/\\u001b[2J"',
    ],
    ["has a file outside", (files) => files.set("index.json", image.outside), "index.json is not as"],
    [
      "has another kind of content",
      (files) => files.set("index.json", image.foreign),
      /: sha256:\w+ has the media type "text\/plain"/,
    ],
    ["is none", (files) => files.delete("oci-layout"), "it is not an OCI layout"],
  ])("that %s is refused before anything is sent", async (_, change, message) => {
    const files = new Map(image.files);
    change(files);
    stored(files);
    expect(await agent()).toEqual(failure(message));
    expect(release.asked).toEqual([]);
  });
});

test.each([
  ["tool.tgz --to edge/tool", '"edge/tool" is not <name>:<tag>'],
  ["tool.tgz --to edge/tool:-x", "is not <name>:<tag>"],
  [
    "tool.tgz --to edge/tol:v1",
    'configs/dev.yaml has the repositories "edge/tool", "edge/agent"',
    "Did you mean --to edge/tool:v1?",
  ],
  ["tool.tgz --to else:v1", 'Cannot publish to "else"', "--env dev --only release-service"],
  ["nothing --to edge/tool:v1", 'Cannot publish "nothing": there is no such file', "Correct the path"],
  ["tool.tgz --to edge/tool:v1 --as image", "it is not an OCI layout", "skopeo copy --all"],
  ["tool.tgz --to edge/tool:v1 --as image --store files", "an image goes to the registry only"],
  ["tool.tgz --to edge/tool:v1 --annotation x", 'the annotation "x" is not <key>=<value>'],
  ["tool.tgz --to edge/tool:v1 --path a/../b", 'the path "a/../b"'],
  ["tool.tgz --to edge/tool:v1 --path /b", 'the path "/b"'],
  ["tool.tgz --to edge/tool:v1 --path a\\b", "control characters or backslashes"],
  ["--to edge/tool:v1", '"publish" must be followed by <path>'],
])("%s is refused", async (args, message, hint = "") => {
  expect(await publish(args)).toEqual(failure(message, hint));
  expect(release.asked).toEqual([]);
});

test("options of files are refused for an image", async () => {
  world.binaries.set("image", tarOf(imageLayout().files));
  expect(await publish("image --to edge/agent:v2 --annotation a=b --path x")).toEqual(
    failure('"image": it is an image, and --path, --annotation is for files', "--as file"),
  );
});

test("a release service that is disabled publishes nothing", async () => {
  withReleaseService(world, { enabled: false });
  expect(await tool()).toEqual(
    failure(
      'Cannot publish to "dev": layers.release-service.enabled is false in configs/dev.yaml',
      "Set it to true, then run",
    ),
  );
});

test("SOURCE_DATE_EPOCH must be seconds", async () => {
  world.environment["SOURCE_DATE_EPOCH"] = "yesterday";
  expect(await tool()).toEqual(
    failure('SOURCE_DATE_EPOCH: "yesterday" is not a number of seconds', "git log"),
  );
});
