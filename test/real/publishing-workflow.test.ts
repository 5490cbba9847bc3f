import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { publisherNamed, variablesOf } from "../../scripts/provision/commands/export/publishing/publisher";
import { publishingScript } from "../../scripts/provision/commands/export/publishing/script";
import { runCommand } from "./command";
import { type Release, repositories, startRelease } from "./oci/release";
import { environmentFile } from "./oci/environment";
import { provision } from "./provision";
import { missing, tools } from "./tools";

const folder = mkdtempSync(join(tmpdir(), "publishing-"));
const trusted = join(folder, "authority.pem");
const places = {
  registry: repositories.replace(/\/.*/, ""),
  repositoryPrefix: "dev-release/",
  repositories: ["open/tool"],
  bucket: "dev-111122223333-releases",
  filePrefix: "files/",
  hosts: { files: "", registry: "" },
  publishers: {
    tool: {
      roleArn: "arn:aws:iam::111122223333:role/dev-release-publisher-tool",
      source: "github",
      audience: "sts.amazonaws.com",
      repositories: ["open/tool"],
      pathPrefixes: ["open/"],
    },
  },
} as const;
const publisher = publisherNamed({ name: "dev", region: "us-west-2" }, places, "tool");
const time = new Date("2026-01-02T03:04:05Z");
let release: Release;

describe.skipIf(missing("dockerRegistry", "moto", "oras", "aws"))(
  "the lines that export --publisher writes",
  () => {
    beforeAll(async () => {
      release = await startRelease(folder);
      writeFileSync(trusted, release.authority);
      writeFileSync(join(folder, "dev.yaml"), environmentFile("open/tool"));
      mkdirSync(join(folder, "dist"));
    }, 120_000);

    afterAll(() => {
      release.stop();
      rmSync(folder, { recursive: true, force: true });
    });

    const surroundings = () => ({
      HTTPS_PROXY: `http://127.0.0.1:${release.proxyPort}`,
      AWS_CA_BUNDLE: trusted,
      HOME: folder,
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
    });
    const publish = (content: string, tag: string) => {
      if (publisher === undefined) throw new Error("no publisher");
      writeFileSync(join(folder, "dist/note.txt"), content);
      const variables = {
        ...surroundings(),
        SSL_CERT_FILE: trusted,
        PATH: [join(tools.oras ?? "", ".."), process.env["PATH"]].join(":"),
        AWS_REGION: "us-west-2",
        AWS_DEFAULT_REGION: "us-west-2",
        ...variablesOf(publisher),
        ...{ FILE: "dist/note.txt", NAME: "open/tool", TAG: tag, DOWNLOAD_PATH: "", REVISION: "abc" },
        ...{ ARTIFACT_TYPE: "application/vnd.example.note", CREATED: "2026-01-02T03:04:05Z" },
      };
      return runCommand({ program: "sh", folder, variables }, "-c", publishingScript(publisher));
    };
    const uploads = () => release.asked.filter((asked) => /^(PUT|POST|PATCH) /.test(asked));

    test("publish a file, and leave it alone when they run again", async () => {
      const first = await publish("note", "v1");
      expect(first.output).toContain("Published s3://dev-111122223333-releases/files/open/tool/v1/note.txt");
      expect(first, first.output).toMatchObject({ code: 0 });
      const digest = /Published \S+:v1@(sha256:\S+)/.exec(first.output)?.[1];
      expect(digest).toBeDefined();
      const before = uploads().filter((asked) => asked.includes("/v2/"));
      const again = await publish("note", "v1");
      expect(again, again.output).toMatchObject({ code: 0 });
      expect(again.output).toContain(`:v1@${digest ?? ""}`);
      expect(uploads().filter((asked) => asked.includes("/v2/"))).toEqual(before);
    }, 60_000);

    test("make the digest that provision publish makes", async () => {
      const own = await provision(
        folder,
        { ...surroundings(), SOURCE_DATE_EPOCH: String(time.getTime() / 1000), GITHUB_SHA: "abc" },
        ...[
          "publish",
          join(folder, "dist/note.txt"),
          "--to",
          "open/tool:v1",
          "--env",
          join(folder, "dev.yaml"),
        ],
        ...["--artifact-type", "application/vnd.example.note", "--store", "registry", "--json"],
      );
      expect(own.output).toContain('"already published"');
    }, 60_000);

    test("refuse other content before anything is uploaded", async () => {
      const before = uploads();
      const other = await publish("other", "v1");
      expect(other.code).toBe(1);
      expect(other.output).toMatch(
        /open\/tool:v1 is sha256:\w+, this would be sha256:\w+, and tags are immutable/,
      );
      expect(uploads()).toEqual(before);
    }, 60_000);

    test("go on after half of it, and refuse a path that has another file", async () => {
      await release.store("files/open/tool/v2/note.txt", Buffer.from("note"));
      expect(await publish("note", "v2")).toMatchObject({ code: 0 });
      await release.store("files/open/tool/v3/note.txt", Buffer.from("another"));
      const refused = await publish("note", "v3");
      expect(refused.code).toBe(1);
      expect(refused.output).toContain(
        "has another file files/open/tool/v3/note.txt, and files are not overwritten",
      );
      expect(release.asked.some((asked) => asked.startsWith("PUT") && asked.endsWith("/manifests/v3"))).toBe(
        false,
      );
    }, 60_000);

    test("refuse what is no tag", async () => {
      const refused = await publish("note", "feature/x");
      expect(refused).toMatchObject({ code: 1 });
      expect(refused.output).toContain('"feature/x" is no tag of letters, digits and . _ -');
    });
  },
);
