import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { loadEnvironment } from "../../lib/environment/environment";
import { layers } from "../../modules";
import { loadConfig, type RawEnvironment } from "../synth";

const source = {
  name: "shop",
  repository: "https://git.example.com/shop",
  path: "deploy",
  revision: "v1.2.3",
  namespace: "shop",
};

/** The example with values in both places that take them, written as given. */
function file(written: string): string {
  const raw: RawEnvironment = parse(readFileSync("configs/example.yaml", "utf8"));
  raw.layers.argocd.overrides = { "harbor-oci": "written" };
  raw.layers.argocd.applications = [{ ...source, values: "written" }];
  return stringify(raw).replace(/(harbor-oci|values): written/g, (_, key: string) => `${key}: ${written}`);
}

function refusal(load: () => unknown): string {
  try {
    load();
    return "";
  } catch (error) {
    return String(error);
  }
}

const refusalOf = (written: string) =>
  refusal(() =>
    loadEnvironment(layers, {
      ...{ file: "configs/example.yaml", text: file(written), read: () => undefined },
      now: new Date("2026-01-01T00:00:00Z"),
    }),
  );

const places = ['layers.argocd.overrides["harbor-oci"]', "layers.argocd.applications[0].values"].map(
  (place) => place.replace('["harbor-oci"]', ".harbor-oci"),
);
const evaluated = "holds ${ or %{, which Terraform would evaluate";
const secret =
  "is named as a secret is: Terraform's state, plans and the Application in the cluster would hold";

type Refused = readonly [written: string, at: string, message: string];

/** Values, the place of what is wrong with them, and what is wrong. */
const refused: readonly Refused[] = [
  ['{ a: { b: ["x", "${c}"] } }', ".a.b[1]", evaluated],
  ['{ a: "%{ if c }" }', ".a", evaluated],
  ['{ a: { "${c}": 1 } }', '.a["${c}"]', evaluated],
  ['{ a: "#{TfToken[TOKEN.0]}" }', ".a", "holds TfToken[, which is replaced before Terraform runs"],
  [
    "{ a: -1.8881545897087626e+289 }",
    ".a",
    "is beyond 9007199254740991, up to which whole numbers are exact",
  ],
  ["{ a: 9007199254740993 }", ".a", 'Put it in quotes: "9007199254740993"'],
  ["{ a: .inf }", ".a", ".inf is not a number of JSON"],
  ["{ a: [.NaN] }", ".a[0]", ".NaN is not a number of JSON"],
  ["{ a: no }", ".a", "YAML 1.2 reads no as text, which a chart takes for true"],
  ["{ a: { b: On } }", ".a.b", 'Write true or false; if text is meant, put it in quotes: "On"'],
  ["{ a: 0644 }", ".a", "YAML 1.2 reads 0644 as the number 644, and Helm as an octal number"],
  ["{ a: 1_000 }", ".a", "YAML 1.2 reads 1_000 as text, and Helm as a number"],
  ["{ a: 0b11 }", ".a", "YAML 1.2 reads 0b11 as text, and Helm as a number"],
  ['{ a: "\\uD800" }', ".a", "holds half of a character, which no file can hold"],
  ["{ a: !!binary aGVsbG8= }", ".a", "has the tag !!binary, which the values of a chart cannot have"],
  ["{ a: !!timestamp 2001-01-01 }", ".a", "has the tag !!timestamp"],
  ["{ a: !!set { b } }", ".a", "has the tag !!set"],
  ["{ harborAdminPassword: hunter2 }", ".harborAdminPassword", secret],
  ["{ a: [{ password: hunter2 }] }", ".a[0].password", secret],
  ["{ auth: { token: hunter2 } }", ".auth.token", "Put it into a Secret of the cluster"],
  ["{ secretKey: hunter2, apiKey: }", ".secretKey", secret],
  ["{ api_key: hunter2 }", ".api_key", secret],
  ["{ oidc: { clientSecret: hunter2 } }", ".oidc.clientSecret", secret],
];

describe("values of charts are refused, at the key that has them,", () => {
  // Together, because each environment file takes its time.
  const together = (all: readonly Refused[]) =>
    refusalOf(`{ ${all.map(([written], index) => `case${index}: ${written}`).join(", ")} }`);
  const text = together(refused);

  test.each(refused)("%s", (written, at, message) => {
    for (const place of places) {
      const line = text.indexOf(`${place}.case${refused.findIndex(([one]) => one === written)}${at}: `);
      expect(line).toBeGreaterThan(0);
      expect(text.slice(line).split("\n", 2).join("\n")).toContain(message);
    }
  });

  test("with one problem each, in which no secret is repeated", () => {
    expect(text).toContain(`it has ${refused.length * places.length} problems`);
    expect(text).not.toContain("hunter2");
  });

  test("and the line and column are those of the value", () => {
    const lines = file("{ a: { b: yes } }").split("\n");
    const line = lines.findIndex((text) => text.includes("harbor-oci: {"));
    const column = (lines[line] ?? "").indexOf("yes");
    expect(refusalOf("{ a: { b: yes } }")).toContain(`configs/example.yaml:${line + 1}:${column + 1} `);
  });
});

const accepted = [
  '{ a: "no", b: "0644", c: "1_000", d: true, e: 0, f: -1.5, g: !!str 012, h: 0x1F, i: 0.5, j: null }',
  "{ a: $x, b: 'x$ {', c: '{{ .Values.x }}', d: 100%, e: 12:30, f: 2001-01-01 }",
  "{ password: '', token: , existingSecretAdminPassword: harbor, passwordSecretName: x, existingSecret: z }",
  "{ tokenSecretRef: { name: x, key: token }, password: { secretName: x }, automountServiceAccountToken: true }",
  "{ data: [{ secretKey: password, remoteRef: { key: x } }], env: { PASSWORD: $(DB_PASSWORD) } }",
];

test("values of charts are accepted as JSON has them, with names of Secrets", () => {
  expect(refusalOf(`{ list: [${accepted.join(", ")}] }`)).toBe("");
});

describe("values of an application", () => {
  const withOverrides = (names: readonly string[], repository: object = {}) =>
    loadConfig({
      edit: (raw) => {
        Object.assign(raw.layers.argocd.repository, repository);
        raw.layers.argocd.applications = [source];
        raw.layers.argocd.overrides = Object.fromEntries(names.map((name) => [name, {}]));
      },
    });

  const ofNames = ({ warnings }: ReturnType<typeof loadConfig>) =>
    warnings.filter(({ path }) => path.includes("overrides")).map(({ message }) => message);

  test("are accepted for those that the release has", () => {
    expect(ofNames(withOverrides(["harbor-oci", "traefik"]))).toEqual([]);
  });

  test.each([
    [
      "harbor-ocl",
      'layers.argocd.overrides.harbor-ocl: "harbor-ocl" is not an application of the platform\'s release 2026.0; did you mean "harbor-oci"?\n    Correct the name, or remove the values, which nothing would read',
    ],
    ["root-app", '"root-app" is not an application of the platform\'s release 2026.0\n'],
    [
      "shop",
      '"shop" is not an application of the platform, but one of layers.argocd.applications\n    Move the values to layers.argocd.applications[0].values',
    ],
  ])("are refused for %s", (name, message) => {
    expect(refusal(() => withOverrides([name]))).toContain(message);
  });

  test("may be those of a repository's own application, but are mentioned", () => {
    const revision = "0123456789abcdef0123456789abcdef01234567";
    const loaded = withOverrides(["harbor-oci", "our-own"], { revision });
    expect(ofNames(loaded)).toEqual(['"our-own" is not an application of the platform\'s release 2026.0']);
  });
});
