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
    [
      "https://git.example.com/x?private_token=abc",
      "must end with the path, because parameters of a URL are credentials",
    ],
    ["https://git.example.com/x#main", "must end with the path"],
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
  });

  test("not at an address with port and user's letters", () => {
    expect(refusal(withRepository({ url: "https://Git.example.com:8443/~x/y_z%20.git" }))).toBe("");
  });
});
