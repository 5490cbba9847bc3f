import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/** What a real test may need; each is a path or command, or undefined when this machine lacks it. */
export interface Tools {
  readonly terraform: string | undefined;
  /** Root of a filesystem mirror that holds hashicorp/aws 5.100.0. */
  readonly mirror: string | undefined;
  /** Command line that starts moto's server. */
  readonly moto: readonly string[] | undefined;
  /** The AWS CLI. */
  readonly aws: string | undefined;
  readonly curl: string | undefined;
  /** OpenTofu, in the version of the image, as test/real/build.sh builds it, and so are those below up to shellcheck. */
  readonly tofu: string | undefined;
  /** Client of artefacts in image registries. */
  readonly oras: string | undefined;
  /** Signs and verifies. */
  readonly cosign: string | undefined;
  /** Lists what an image holds. */
  readonly syft: string | undefined;
  /** A registry of images. */
  readonly dockerRegistry: string | undefined;
  /** Runs programs in a file system of their own. */
  readonly bubblewrap: string | undefined;
  /** Packs and unpacks images without a daemon. */
  readonly umoci: string | undefined;
  /** Makes file systems of Debian's packages. */
  readonly mmdebstrap: string | undefined;
  /** Runs programs of arm64. */
  readonly qemu: string | undefined;
  readonly zstd: string | undefined;
  /** Linter of shell scripts. */
  readonly shellcheck: string | undefined;
  /** For its sh. */
  readonly busybox: string | undefined;
  /** Client of image registries. */
  readonly skopeo: string | undefined;
  /** Conformance tests of the OCI distribution specification, as a program. */
  readonly ociConformance: string | undefined;
  /** Scanner of Terraform, in the version that .ci/run installs. */
  readonly checkov: string | undefined;
  /** Scanner of Terraform; an hour to build, so that .ci/run does not. */
  readonly trivy: string | undefined;
  /** Linter of IAM policies, in the version that .ci/run installs. */
  readonly parliament: string | undefined;
  /** Helm, as test/real/build.sh builds it, and so are those below. */
  readonly helm: string | undefined;
  /** Folder of archives of charts of other projects, as `helm pull` names them. */
  readonly charts: string | undefined;
  /** What a Kubernetes API keeps its objects in. */
  readonly etcd: string | undefined;
  /** Folder of kube-apiserver and kube-controller-manager. */
  readonly kubernetes: string | undefined;
  /** Folder of Argo CD: the program, its custom resource definitions and its manifests. */
  readonly argocd: string | undefined;
  /** Cache of Argo CD. */
  readonly redis: string | undefined;
  /** Root of a filesystem mirror that holds the providers of clusters. */
  readonly clusterProviders: string | undefined;
  /** Linter of GitHub workflows, in the version that .ci/run installs. */
  readonly actionlint: string | undefined;
  /** Security scanner of GitHub workflows, in the version that .ci/run installs. */
  readonly zizmor: string | undefined;
  readonly jq: string | undefined;
  /** npm, if its registry answers: asked when a test needs it. */
  readonly npmRegistry: string | undefined;
}

const provider = "registry.terraform.io/hashicorp/aws/5.100.0";

/** Terraform's implied local mirrors: https://developer.hashicorp.com/terraform/cli/config/config-file */
const impliedMirrors = [
  join(homedir(), ".terraform.d/plugins"),
  join(homedir(), ".local/share/terraform/plugins"),
  "/usr/local/share/terraform/plugins",
  "/usr/share/terraform/plugins",
];

function answers(command: string, ...args: string[]): boolean {
  try {
    execFileSync(command, args, { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

function findTerraform(): string | undefined {
  const binary = process.env["TERRAFORM_BINARY_NAME"] ?? "terraform";
  return answers(binary, "version") ? binary : undefined;
}

const clusterProviders = ["helm/3.1.1", "kubernetes/2.38.0"].map(
  (name) => `registry.terraform.io/hashicorp/${name}`,
);

function mirrorOf(variables: readonly string[], providers: readonly string[]): string | undefined {
  const named = variables.map((variable) => process.env[variable]).filter((root) => root !== undefined);
  return [...named, ...impliedMirrors].find(
    (root) => root !== "" && providers.every((one) => existsSync(join(root, one))),
  );
}

function findMoto(): readonly string[] | undefined {
  const named = process.env["MOTO_SERVER"];
  if (named) return named.split(" ");
  if (answers("python3", "-c", "import moto.server")) return ["python3", "-m", "moto.server"];
  return answers("moto_server", "--help") ? ["moto_server"] : undefined;
}

/** A program that only a variable names: what it reports depends on its version. */
function findNamed(variable: string): string | undefined {
  const named = process.env[variable];
  return named && existsSync(named) ? named : undefined;
}

/**
 * The tools of this machine; `TERRAFORM_PROVIDER_MIRROR`, `CLUSTER_PROVIDER_MIRROR` and `MOTO_SERVER` name what is not in a
 * standard place.
 */
export const tools: Tools = {
  terraform: findTerraform(),
  mirror: mirrorOf(["TERRAFORM_PROVIDER_MIRROR"], [provider]),
  moto: findMoto(),
  aws: answers("aws", "--version") ? "aws" : undefined,
  curl: answers("curl", "--version") ? "curl" : undefined,
  tofu: findNamed("TOFU"),
  oras: findNamed("ORAS"),
  cosign: findNamed("COSIGN"),
  syft: findNamed("SYFT"),
  dockerRegistry: findNamed("DOCKER_REGISTRY"),
  bubblewrap: findNamed("BUBBLEWRAP"),
  umoci: findNamed("UMOCI"),
  mmdebstrap: findNamed("MMDEBSTRAP"),
  qemu: findNamed("QEMU_AARCH64"),
  zstd: answers("zstd", "--version") ? "zstd" : undefined,
  shellcheck: findNamed("SHELLCHECK"),
  busybox: findNamed("BUSYBOX"),
  skopeo: answers("skopeo", "--version") ? "skopeo" : undefined,
  // https://github.com/opencontainers/distribution-spec/tree/main/conformance
  ociConformance: findNamed("OCI_CONFORMANCE"),
  checkov: findNamed("CHECKOV"),
  trivy: findNamed("TRIVY"),
  parliament: findNamed("PARLIAMENT"),
  helm: findNamed("HELM"),
  charts: findNamed("HELM_CHARTS"),
  etcd: findNamed("ETCD"),
  kubernetes: findNamed("KUBERNETES_PROGRAMS"),
  argocd: findNamed("ARGOCD_HOME"),
  redis: findNamed("REDIS_SERVER"),
  clusterProviders: mirrorOf(["CLUSTER_PROVIDER_MIRROR", "TERRAFORM_PROVIDER_MIRROR"], clusterProviders),
  actionlint: findNamed("ACTIONLINT"),
  zizmor: findNamed("ZIZMOR"),
  jq: answers("jq", "--version") ? "jq" : undefined,
  get npmRegistry() {
    const soon = ["--fetch-retries=0", "--fetch-timeout=20000"];
    return answers("npm", "view", "cdktf@0.21.0", "version", ...soon) ? "npm" : undefined;
  },
};

/** Why a test that needs these tools cannot run here; undefined when it can. Throws when a tool was promised. */
export function missing(...needed: (keyof Tools)[]): string | undefined {
  const absent = needed.filter((name) => tools[name] === undefined);
  const promised = (process.env["REQUIRED_TOOLS"] ?? "").split(" ");
  const broken = absent.filter((name) => promised.includes(name));
  if (broken.length > 0) throw new Error(`Required but not found: ${broken.join(", ")}`);
  return absent.length > 0 ? `not found: ${absent.join(", ")}` : undefined;
}
