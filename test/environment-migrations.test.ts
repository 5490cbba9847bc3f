import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { z } from "zod";
import { ConfigError } from "../lib/environment/config-error";
import { type DocumentEditor, each } from "../lib/environment/document-editor";
import { loadEnvironment } from "../lib/environment/environment";
import { currentVersion, type Migration, migrations } from "../lib/environment/migrations";
import { rewrite } from "../lib/environment/rewrite";
import { exitCodes } from "../lib/errors";
import { defineLayer } from "../lib/layer/layer";
import { environmentFiles } from "./environments/files";

type Migrate = (editor: DocumentEditor) => void;

/** A migration from version 1 to version 2, after the real one to version 1. */
function toTwo(migrate: Migrate): readonly Migration[] {
  return [...migrations.slice(0, 1), { from: 1, changes: [{ change: "something has a new name", migrate }] }];
}

/** A file of version 1 after a migration. */
function migrated(text: string, migrate: Migrate): string {
  const result = rewrite({ file: "configs/dev.yaml", text: `version: 1\n${text}` }, toTwo(migrate));
  expect(result?.text.split("\n")[0]).toBe("version: 2");
  return result?.text.replace("version: 2\n", "") ?? "";
}

test("the migrations lead from version 0 to the current one, each by one, and say what they change", () => {
  expect(migrations.map(({ from }) => from)).toEqual(migrations.map((_, index) => index));
  expect(currentVersion).toBe(migrations.length);
  for (const { change } of migrations.flatMap(({ changes }) => changes))
    expect(change).toMatch(/^[^.]{10,}[^.]$/);
});

describe("rename", () => {
  it.each<[string, string, string, Migrate]>([
    [
      "keeps comments, order and anchors",
      "layers:\n  # about the cluster\n  eks: # EKS\n    # pods\n    maxPods: &pods 5   # on each node\n    version: '1.35'\n",
      "layers:\n  # about the cluster\n  eks: # EKS\n    # pods\n    podsPerNode: &pods 5 # on each node\n    version: '1.35'\n",
      (editor) => {
        editor.rename(["layers", "eks", "maxPods"], "podsPerNode");
      },
    ],
    [
      "keeps the quotes of a key",
      "\"zones\": [a, b]\n'tags': {a: b}\n",
      "\"places\": [a, b]\n'labels': {a: b}\n",
      (editor) => {
        editor.rename(["zones"], "places");
        editor.rename(["tags"], "labels");
      },
    ],
    [
      "reaches into flow maps and lists",
      "layers: {eks: {groups: [{size: 1}, {size: 2}]}}\n",
      "layers: {eks: {groups: [{nodes: 1}, {nodes: 2}]}}\n",
      (editor) => {
        editor.rename(["layers", "eks", "groups", each, "size"], "nodes");
      },
    ],
    [
      "reaches every layer",
      "layers:\n  eks: { logDays: 1, zones: [a] }\n  # the network\n  vpc:\n    cidr:   10.0.0.0/16\n    logDays: 2\n  efs:\n",
      "layers:\n  eks: { logRetentionDays: 1, zones: [a] }\n  # the network\n  vpc:\n    cidr:   10.0.0.0/16\n    logRetentionDays: 2\n  efs:\n",
      (editor) => {
        editor.rename(["layers", each, "logDays"], "logRetentionDays");
      },
    ],
    [
      "changes nothing where nothing has the name",
      "layers:\n    eks:   {}\nname: 'dev'\n",
      "layers:\n    eks:   {}\nname: 'dev'\n",
      (editor) => {
        editor.rename(["layers", "eks", "maxPods"], "podsPerNode");
        editor.rename(["name", "maxPods"], "podsPerNode");
      },
    ],
  ])("%s", (...[, before, after, migrate]) => {
    expect(migrated(before, migrate)).toBe(after);
  });
});

describe("move", () => {
  it.each<[string, string, string, Parameters<DocumentEditor["move"]>]>([
    [
      "takes the comments above, beside and inside a setting along, and no other",
      "layers:\n  eks:\n    # the Git server\n    gitea: # on the cluster\n      size: 1\n      #tag: 2\n    # the version\n    version: x\n  argocd:\n    # chart\n    chart: 1\n",
      "layers:\n  eks:\n    # the version\n    version: x\n  argocd:\n    # chart\n    chart: 1\n    # the Git server\n    git:\n      # on the cluster\n      size: 1\n      #tag: 2\n",
      [
        ["layers", "eks", "gitea"],
        ["layers", "argocd", "git"],
      ],
    ],
    [
      "creates the map it moves to",
      "layers:\n  vpc: &net\n    cidr: &range 10.0.0.0/16\n    other: 1\nname: dev\n",
      "layers:\n  vpc: &net\n    other: 1\nname: dev\nnetwork:\n  range:\n    cidr: &range 10.0.0.0/16\n",
      [
        ["layers", "vpc", "cidr"],
        ["network", "range", "cidr"],
      ],
    ],
    [
      "fills a map that was left empty",
      "network: # ours\nlayers:\n  vpc:\n    cidr: 1\n    other: 1\n",
      "network:\n  # ours\n  cidr: 1\nlayers:\n  vpc:\n    other: 1\n",
      [
        ["layers", "vpc", "cidr"],
        ["network", "cidr"],
      ],
    ],
    [
      "leaves no empty map behind, and keeps its comments",
      "name: dev\nlayers:\n  # all of it\n  vpc: # ours\n    # range\n    cidr: 1\n    #other: 2\n",
      "name: dev\n# all of it\n# ours\n#other: 2\n# range\ncidr: 1\n",
      [["layers", "vpc", "cidr"], ["cidr"]],
    ],
    [
      "goes from flow map to flow map",
      'layers: {eks: {"gitea": {size: 1}, version: x}, argocd: {chart: 1}}\n',
      'layers: {eks: {version: x}, argocd: {chart: 1, "git": {size: 1}}}\n',
      [
        ["layers", "eks", "gitea"],
        ["layers", "argocd", "git"],
      ],
    ],
    [
      "changes nothing where there is nothing to move",
      "layers:\n    vpc:   {}\n",
      "layers:\n    vpc:   {}\n",
      [
        ["layers", "vpc", "cidr"],
        ["network", "cidr"],
      ],
    ],
  ])("%s", (...[, before, after, [from, to]]) => {
    const move: Migrate = (editor) => {
      editor.move(from, to);
    };
    expect(migrated(before, move)).toBe(after);
  });
});

describe("setDefault", () => {
  it.each<[string, string, string, Parameters<DocumentEditor["setDefault"]>]>([
    [
      "writes what is missing, and leaves what is there",
      "layers:\n  eks: {mode: a} # first\n  vpc:\n    # range\n    cidr: 1\n    #mode: c\n  efs: &efs\n",
      "layers:\n  eks: {mode: a} # first\n  vpc:\n    # range\n    cidr: 1\n    #mode: c\n    mode: b\n  efs: &efs\n    mode: b\n",
      [["layers", each, "mode"], "b"],
    ],
    [
      "creates the maps above it",
      "name: dev # ours\n",
      "name: dev # ours\nlayers:\n  eks:\n    nodes:\n      max: 3\n",
      [["layers", "eks", "nodes"], { max: 3 }],
    ],
    [
      "writes into flow maps",
      "layers: { eks: { a: [1], 'b': 2 } }\n",
      "layers: { eks: { a: [1], 'b': 2, mode: b } }\n",
      [["layers", "eks", "mode"], "b"],
    ],
  ])("%s", (...[, before, after, [pattern, value]]) => {
    const set: Migrate = (editor) => {
      editor.setDefault(pattern, value);
    };
    expect(migrated(before, set)).toBe(after);
  });
});

describe("addTo", () => {
  it.each<[string, string, string]>([
    [
      "adds to a map that is there, and creates none",
      "layers:\n  eks:\n    # where\n    copy: # ours\n      region: b # far\n  vpc: {}\n",
      "layers:\n  eks:\n    # where\n    copy: # ours\n      region: b # far\n      enabled: true\n  vpc: {}\n",
    ],
    [
      "leaves what a map says already",
      "layers: {eks: {copy: {enabled: false}}}\n",
      "layers: {eks: {copy: {enabled: false}}}\n",
    ],
    ["passes over what is no map", "layers: {eks: {copy: 1}}\n", "layers: {eks: {copy: 1}}\n"],
  ])("%s", (...[, before, after]) => {
    const add: Migrate = (editor) => {
      editor.addTo(["layers", each, "copy"], "enabled", true);
    };
    expect(migrated(before, add)).toBe(after);
  });
});

describe("removeItem", () => {
  it.each<[string, string, string]>([
    [
      "removes an item, and keeps its comments above the next",
      "list:\n  - a\n  # old\n  - b # gone\n  - c # stays\n",
      "list:\n  - a\n  # old\n  # gone\n  - c # stays\n",
    ],
    [
      "keeps the comments of the last item at the end of the list",
      "list:\n  - a\n  - b # gone\nname: dev\n",
      "list:\n  - a\n  # gone\nname: dev\n",
    ],
    ["removes from flow lists", "list: [a, b]\n", "list: [a]\n"],
    ["removes every such item", "list: [b, a, b]\n", "list: [a]\n"],
    ["leaves an empty list", "list:\n  - b\n", "list: []\n"],
    ["passes over what is no list", "list: b\n", "list: b\n"],
  ])("%s", (...[, before, after]) => {
    const remove: Migrate = (editor) => {
      editor.removeItem(["list"], "b");
    };
    expect(migrated(before, remove)).toBe(after);
  });
});

test("version 2 switches copies of backups, and has no endpoint that is not needed", () => {
  const before = `version: 1
layers:
  vpc:
    interfaceEndpoints: [ec2, ec2messages, ssm]
  backup:
    # Copies
    copy:
      region: us-east-2
`;
  const { text } = rewrite({ file: "configs/dev.yaml", text: before }, migrations.slice(0, 2)) ?? {};
  expect(text).toBe(
    before
      .replace("version: 1", "version: 2")
      .replace(" ec2messages,", "")
      .replace("us-east-2\n", "us-east-2\n      enabled: true\n"),
  );
});

test("version 3 moves what operators set of the network to the layer network-operations", () => {
  const before = `version: 2
layers:
  vpc:
    cidr: 10.20.0.0/20
    # a month
    flowLogRetentionDays: 30
    # Operators
    bastion:
      instanceType: t4g.nano # arm64
    interfaceEndpoints: [kms]
  eks: {}
`;
  const { text } = rewrite({ file: "configs/dev.yaml", text: before }, migrations.slice(0, 3)) ?? {};
  expect(text).toBe(`version: 3
layers:
  vpc:
    cidr: 10.20.0.0/20
  eks: {}
  network-operations:
    interfaceEndpoints: [kms]
    # a month
    flowLogRetentionDays: 30
    # Operators
    bastion:
      instanceType: t4g.nano # arm64
`);
});

describe("version 4", () => {
  const migrated = (revision: string) =>
    rewrite({
      file: "configs/dev.yaml",
      text: `version: 3
layers:
  lb-waf:
    # out of band
    vpro: true
  argocd:
    repository:
      url: https://git.example.com/platform
      # pinned
      revision: ${revision} # by us
`,
    });

  test.each([
    ["release-2026.0", "2026.0"],
    ["v2026.0.0", "2026.0"],
    ["87252cf4f0d3491488f05e9ab1b05fb9821631bd", "2026.0"],
    ["release-2025.2", "2025.2"],
    ["v2025.2.0", "2025.2"],
    ["3a2d9869daa26e1925daf159dabb7307fc24e3ed", "2025.2"],
    ["311fb8ac0bca14d742d3e77c99ef990b52e6aeea", "2025.2"],
  ])(
    "names the release of the revision %s, and takes vPro for a service of the platform",
    (revision, release) => {
      expect(migrated(revision)?.text).toBe(`version: 4
layers:
  argocd:
    repository:
      url: https://git.example.com/platform
  platform:
    # pinned
    release: "${release}" # by us
    services:
      # out of band
      vpro: true
`);
    },
  );

  test.each(["main", "0123456789abcdef0123456789abcdef01234567", "release-3.1"])(
    "leaves the revision %s, which is judged when the file is read",
    (revision) => {
      expect(migrated(revision)?.text).toContain(`      revision: ${revision} # by us\n`);
      expect(migrated(revision)?.migrated.changes).toHaveLength(1);
    },
  );
});

describe("from version 3, the certificate", () => {
  const migrated = (layers: string) =>
    rewrite({ file: "configs/dev.yaml", text: `version: 3\nlayers:\n${layers}` });
  const replaced =
    'the certificate source "acm" is replaced by "lets-encrypt": programs of the platform trust only a certificate that is also in the cluster, and ACM gives out no private key';
  const moved =
    'the setting "adminEmail" of the argocd layer, which also switched certificates of Let\'s Encrypt on, belongs to the certificate source "lets-encrypt" of the layer route53, which is the default';

  test("is no longer issued by ACM", () => {
    const { text, migrated: report } =
      migrated("  route53:\n    certificate:\n      source: acm # renewed\n  eks: {}\n") ?? {};
    expect(text).toBe(
      "version: 4\nlayers:\n  route53:\n    certificate:\n      source: lets-encrypt # renewed\n  eks: {}\n",
    );
    expect(report?.changes).toEqual([replaced]);
  });

  test("has the contact that the platform had", () => {
    const { text, migrated: report } =
      migrated("  eks: {}\n  argocd:\n    # Operators\n    adminEmail: ops@example.com\n") ?? {};
    expect(text).toBe(
      "version: 4\nlayers:\n  eks: {}\n  route53:\n    certificate:\n      # Operators\n      adminEmail: ops@example.com\n      source: lets-encrypt\n",
    );
    expect(report?.changes).toEqual([moved]);
  });

  test("keeps its source beside the contact", () => {
    const { text, migrated: report } =
      migrated("  route53: { certificate: { source: acm } }\n  argocd: { adminEmail: a@b.org }\n") ?? {};
    expect(text).toBe(
      "version: 4\nlayers:\n  route53: { certificate: { source: lets-encrypt, adminEmail: a@b.org } }\n",
    );
    expect(report?.changes).toEqual([replaced, moved]);
  });

  test("of another source has no contact", () => {
    const { text, migrated: report } =
      migrated(
        "  route53: { certificate: { source: pem } }\n  argocd: { adminEmail: a@b.org, gitea: {} }\n",
      ) ?? {};
    expect(text).toBe(
      "version: 4\nlayers:\n  route53: { certificate: { source: pem } }\n  argocd: { gitea: {} }\n",
    );
    expect(report?.changes).toEqual([moved]);
  });

  test("of a file that says nothing of it is not mentioned", () => {
    expect(
      migrated("  route53: { certificate: { source: existing } }\n  eks: {}\n")?.migrated.changes,
    ).toEqual([]);
  });
});

test("only the changes that apply to a file are listed", () => {
  const text = "version: 1\nlayers:\n  vpc:\n    cidr: 10.20.0.0/20\n    # Operators\n    bastion: {}\n";
  expect(rewrite({ file: "configs/dev.yaml", text })?.migrated.changes).toEqual([
    'the setting "bastion" of the vpc layer belongs to the new layer network-operations',
  ]);
});

describe("rewrite", () => {
  const file = "configs/dev.yaml";

  it("puts the version below what the file says about itself", () => {
    const version = (text: string) => rewrite({ file, text }, migrations.slice(0, 1))?.text;
    expect(version("# ours\n\nname: dev\n")).toBe("# ours\n\nversion: 1\nname: dev\n");
    expect(version("# ours\nname: dev\n")).toBe("# ours\nversion: 1\nname: dev\n");
    expect(version("# ours\n\n# short\nname: dev\n")).toBe("# ours\n\nversion: 1\n# short\nname: dev\n");
    expect(version("name: dev\n")).toBe("version: 1\nname: dev\n");
    expect(version("{name: dev}\n")).toBe("{version: 1, name: dev}\n");
  });

  it("changes one line of each file in the present format, and none the second time", () => {
    for (const path of Object.values(environmentFiles)) {
      const text = readFileSync(join(__dirname, "..", path), "utf8");
      expect(rewrite({ file, text })).toBeUndefined();
      const stated = `version: ${currentVersion}`;
      const older = text.replace("# Version of the format of this file.\n", "").replace(`${stated}\n`, "");
      expect(rewrite({ file, text: older })).toMatchObject({
        text: text.replace("# Version of the format of this file.\n", ""),
        migrated: { from: 0, to: currentVersion },
        hunks: [{ lines: [stated] }],
      });
    }
  });

  it("keeps Windows line ends", () => {
    const text = "# ours\r\nname:   dev # this\r\nzones:\r\n- a\r\n- b";
    expect(rewrite({ file, text }, migrations.slice(0, 1))?.text).toBe(
      "# ours\r\nversion: 1\r\nname:   dev # this\r\nzones:\r\n- a\r\n- b",
    );
  });

  it("lists the lines that change", () => {
    const text = "version: 1\nname: dev\n# where\nzones: [a]\n";
    const rename: Migrate = (editor) => {
      editor.rename(["zones"], "places");
    };
    expect(rewrite({ file, text }, toTwo(rename))).toMatchObject({
      migrated: { from: 1, to: 2, changes: ["something has a new name"] },
      hunks: [
        { from: 0, to: 1, lines: ["version: 2"] },
        { from: 3, to: 4, lines: ["places: [a]"] },
      ],
    });
  });

  it("loses no comment, order or value, whatever comments and blank lines a file has", () => {
    const text = readFileSync(join(__dirname, "../configs/example.yaml"), "utf8").replace(
      `\nversion: ${currentVersion}\n`,
      "\nversion: 1\n",
    );
    const migrate: Migrate = (editor) => {
      editor.rename(["layers", each, "logRetentionDays"], "logDays");
      editor.move(["layers", "route53", "certificate"], ["layers", "lb-waf", "certificate"]);
      editor.move(["layers", "vpc", "cidr"], ["network", "range"]);
      editor.setDefault(["layers", each, "mode"], { kind: "plain" });
    };
    const inserted = fc.record({
      line: fc.nat(text.split("\n").length),
      indent: fc.nat(10),
      word: fc.stringMatching(/^[a-z]{1,8}$/),
    });
    // Comments that the printer moves: then nothing of the old layout can be merged.
    const printedAnew = [
      { line: 0, indent: 0, word: "a" },
      { line: 408, indent: 3, word: "a" },
      { line: 408, indent: 0, word: "aaaaaaa" },
    ];
    fc.assert(
      fc.property(fc.array(inserted, { maxLength: 30 }), (insertions) => {
        const lines = text.split("\n");
        for (const { line, indent, word } of insertions)
          lines.splice(line, 0, word.length > 6 ? "" : `${" ".repeat(indent)}# ${word}`);
        const changed = lines.join("\n");
        // It throws when a comment is lost or a value differs.
        const result = rewrite({ file, text: changed }, toTwo(migrate));
        const own = changed.split("\n").filter((line) => line.includes(": ["));
        expect(result?.text.split("\n")).toEqual(expect.arrayContaining(own));
        expect(rewrite({ file, text: result?.text ?? "" }, toTwo(migrate))).toBeUndefined();
      }),
      { numRuns: 25, examples: [[printedAnew]] },
    );
  });

  it("refuses what it cannot read, with the place of each problem", () => {
    expect(() => rewrite({ file, text: "name: dev\nname: prod\nzones: [a\n" })).toThrow(
      /^Cannot use configs\/dev.yaml: it has 2 problems\nconfigs\/dev.yaml:2:1 "name" is defined twice/,
    );
  });
});

const store = defineLayer({
  name: "store",
  summary: "A store",
  settings: z.strictObject({
    places: z.array(z.strictObject({ size: z.int().describe("Size") })).default([]),
    mode: z.enum(["fast", "cheap"]).default("fast"),
    limits: z
      .strictObject({ perNode: z.int().max(9).default(1), perZone: z.int().describe("Zone") })
      .optional(),
  }),
  needs: {},
  outputs: {},
  build: () => ({}),
});

const fields = `name: dev
account: "123456789012"
region: us-west-2
zones: [us-west-2a, us-west-2b, us-west-2c]
state: { bucket: dev-state, region: us-west-2 }
domain: { parent: example.com }
access: { adminRoleArns: ["arn:aws:iam::123456789012:role/admin"] }
`;

/** Version 1 had `shop`, with `sites`, `perNode` and `sort`. */
const renames = toTwo((editor) => {
  editor.rename(["layers", "shop"], "store");
  editor.rename(["layers", "store", "sites"], "places");
  editor.rename(["layers", "store", "sort"], "mode");
  editor.move(["layers", "store", "perNode"], ["layers", "store", "limits", "perNode"]);
});

function load(text: string) {
  const source = { file: "configs/dev.yaml", read: () => undefined, now: new Date(0) };
  return loadEnvironment([store], { ...source, text: `${fields}${text}`, migrations: renames });
}

function problemsOf(text: string): ConfigError {
  try {
    load(text);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error("the file was accepted");
}

describe("an older environment file", () => {
  it("is read as one of the current version, and says what changed", () => {
    const { settings, migrated: read } = load(
      "version: 1\nlayers: { shop: { sites: [{ size: 3 }], sort: cheap } }\n",
    );
    expect(settings).toEqual({ store: { places: [{ size: 3 }], mode: "cheap" } });
    expect(read).toMatchObject({ from: 1, to: 2, changes: ["something has a new name"] });
    expect(load("layers: { shop: { sort: cheap } }\n")).toMatchObject({
      settings: { store: { mode: "cheap" } },
      migrated: {
        from: 0,
        to: 2,
        changes: ['the setting "version" states the format of the file', "something has a new name"],
      },
    });
    expect(load("version: 2\n").migrated).toBeUndefined();
  });

  it("is refused by the names and the places that it has, beside those that the settings have now", () => {
    const { message } = problemsOf(`version: 1
layers:
  shop:
    sites:
      - size: 1
      - sise: 2
    sort: slow
    perNode: 10
    extra: 1
`);
    expect(message.split("\n").slice(1).join("\n")).toBe(
      `configs/dev.yaml:10:3 layers.shop.limits.perZone (now layers.store.limits.perZone): is missing
    Add "perZone": Zone
configs/dev.yaml:13:9 layers.shop.sites[1].size (now layers.store.places[1].size): is missing
    Add "size": Size
configs/dev.yaml:13:9 layers.shop.sites[1].sise (now layers.store.places[1].sise): unknown setting; did you mean "size"?
    Known here: size
configs/dev.yaml:14:11 layers.shop.sort (now layers.store.mode): "slow" is not accepted
    It must be one of "fast", "cheap"
configs/dev.yaml:15:14 layers.shop.perNode (now layers.store.limits.perNode): 10 is too large
    It must be at most 9
configs/dev.yaml:16:5 layers.shop.extra (now layers.store.extra): unknown setting
    Known here: places, mode, limits`,
    );
  });

  it("reports what lies in a map that a migration created where the file has the nearest of its parents", () => {
    expect(problemsOf("version: 1\nlayers:\n  shop:\n    perNode: 2\n").message).toContain(
      'configs/dev.yaml:10:3 layers.shop.limits.perZone (now layers.store.limits.perZone): is missing\n    Add "perZone": Zone',
    );
  });

  it("is refused where it has a setting under its old name and its new one", () => {
    const { message } = problemsOf(
      "version: 1\nlayers:\n  shop:\n    sort: fast\n    mode: cheap\n    sites: []\n",
    );
    expect(message).toBe(`Cannot use configs/dev.yaml: it has 1 problem
configs/dev.yaml:11:5 layers.shop.sort: is the same setting as layers.shop.mode, which the file has as well
    Remove one of the two`);
  });

  it("is refused where a setting has no place to go", () => {
    expect(problemsOf("version: 1\nlayers:\n  shop:\n    perNode: 1\n    limits: 3\n").message).toContain(
      `configs/dev.yaml:11:5 layers.shop.perNode: is layers.store.limits.perNode now, but what the file has above that is not a map
    Correct layers.store.limits`,
    );
  });
});

describe("the version of an environment file", () => {
  it.each([
    [
      "version: 3",
      "8:10 version: 3 is newer than the versions that this release reads, 0 to 2\n    Use a newer release of this product: CHANGELOG.md says which one reads version 3",
    ],
    [
      'version: "1"',
      '8:10 version: "1" is not a version\n    It must be a whole number without quotes, at most 2',
    ],
    [
      "version: 0",
      "8:10 version: 0 is not a version\n    It must be a whole number without quotes, at most 2",
    ],
    ["version:", "8:1 version: is empty\n    It must be a whole number without quotes, at most 2"],
  ])("is refused alone, because nothing else can be judged without it: %j", (version, problem) => {
    const error = problemsOf(`${version}\nunknown: 1\n`);
    expect(error.message).toBe(`Cannot use configs/dev.yaml: it has 1 problem\nconfigs/dev.yaml:${problem}`);
    expect(error.exitCode).toBe(exitCodes.configInvalid);
  });
});

test("a setting that is moved into a new map leaves its blank line behind", () => {
  const text = `version: 2
layers:
  vpc:
    cidr: 10.0.0.0/16

    # the bastion
    bastion:
      instanceType: t4g.nano
`;
  expect(rewrite({ file: "configs/dev.yaml", text }, migrations.slice(0, 3))?.text).toBe(`version: 3
layers:
  vpc:
    cidr: 10.0.0.0/16
  network-operations:
    # the bastion
    bastion:
      instanceType: t4g.nano
`);
});
