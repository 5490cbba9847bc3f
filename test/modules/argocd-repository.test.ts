import { describe, expect, test } from "vitest";
import { argocd } from "../../modules/argocd/layer";
import { loadConfig, type RawEnvironment, synthLayer } from "../synth";

const inGitea = "https://gitea.example.edge.example.com/argocd/emf";

const withRepository =
  (repository: object, change: (raw: RawEnvironment) => void = () => undefined) =>
  (raw: RawEnvironment) => {
    Object.assign(raw.layers.argocd.repository, { revision: "v1.2.3" }, repository);
    change(raw);
  };

function refusal(edit: (raw: RawEnvironment) => void): string {
  try {
    loadConfig({ edit });
    return "";
  } catch (error) {
    return String(error);
  }
}

const notAnAddress = "must be scheme, host, port and path";
const notHttps = "must be an https:// address of a Git repository";

describe("the repository of the platform is refused", () => {
  test.each([
    ["https://git.example.com/x?private_token=hunter2", "holds a URL with a password or token in it"],
    ["http://git.example.com/x?a=b&token=hunter2", "holds a URL with a password or token in it"],
    [
      "https://git.example.com/x?key=hunter2",
      "has parameters after the path, which are credentials\n    It must end with the path",
    ],
    ["https://git.example.com/x#main", "has parameters after the path"],
    ["https://git.example.com/${x}", "must not contain ${ or %{"],
    ["https://[fd00::1]/x/y", notAnAddress],
    ["https://git.example.com/a b", notAnAddress],
    ["https://git.example.com/{{ .Release.Name }}", notAnAddress],
    ["https://git.example.com:0/x", "must have a port from 1 to 65535"],
    ["oci://registry.example.com/x", notHttps],
    ["http://git.example.com/x", notHttps],
    ["git@git.example.com:x/y", notHttps],
  ])("at %s, with one problem", (url, message) => {
    const text = refusal(withRepository({ url }));
    expect(text).toContain(message);
    expect(text).toContain("it has 1 problem");
    expect(text).not.toContain("hunter2");
  });

  test("not at an address with port and user's letters", () => {
    expect(refusal(withRepository({ url: "https://Git.example.com:8443/~x/y_z%20.git" }))).toBe("");
  });
});

test.each(["argocd/../..", "a/..", "../a", "/a", "."])("%s is no path of its repository", (path) => {
  const text = refusal(withRepository({ applicationsPath: path }));
  expect(text).toContain("must be a path relative to the root of the repository, without ..");
});

test.each(["x y", "a..b", "a~1", ".a", "a.lock", "a/", "@{1}", "a:b"])(
  "refs/tags/%s is refused, also where a branch is accepted",
  (name) => {
    const edit = withRepository({ revision: `refs/tags/${name}`, allowMovingRevision: true });
    expect(refusal(edit)).toContain(
      `"refs/tags/${name}" is not the name of a tag or branch that Git accepts`,
    );
  },
);

describe("the cluster's Gitea", () => {
  const withoutGitea = (raw: RawEnvironment) => {
    raw.layers.argocd.gitea = { enabled: false };
    raw.layers.platform.services.applicationOrchestration = false;
  };
  const addresses = [inGitea, inGitea.replace("gitea", "GITEA"), inGitea.replace(".com/", ".com:443/")];

  test.each(addresses)("is read at %s as its user argocd", (url) => {
    const { data_wo: data } = synthLayer(argocd, { edit: withRepository({ url }) }).resource(
      "kubernetes_secret_v1",
      "secret-argocd-deploy-repository",
    );
    expect(data).toMatchObject({ url, username: expect.stringContaining("gitea-argocd") });
  });

  test.each(addresses)("holds no repository at %s where it is disabled", (url) => {
    expect(refusal(withRepository({ url }, withoutGitea))).toContain(
      "layers.argocd.repository.url: is in the cluster's Gitea, but layers.argocd.gitea.enabled is false: nothing answers there",
    );
  });

  test("is not needed for a repository elsewhere", () => {
    expect(refusal(withRepository({ url: "https://git.example.com/emf" }, withoutGitea))).toBe("");
  });
});
