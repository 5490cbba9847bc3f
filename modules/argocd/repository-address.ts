import { z } from "zod";
import { hasNoWrongPort, hostPattern } from "../../lib/layer/host-port";

/** Names of repositories in an OCI registry: https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#pulling-manifests */
const ociPath = /^oci:\/\/[^/]+(\/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*\/?$/;

/** Scheme, host, port and path, written so that Helm reads them as zod does. */
const address = new RegExp(`^(https|oci)://${hostPattern}(:\\d{1,5})?(/[A-Za-z0-9._~%+@-]*)*$`);

/** Where Argo CD reads a Git repository from. */
export const gitAddress = addressOf(/^https$/, "must be an https:// address of a Git repository");

/** Where charts are read from. */
export const repositoryAddress = addressOf(
  /^(https|oci)$/,
  "must be an https:// or oci:// address of a repository",
).refine(
  (url) => !url.startsWith("oci:") || ociPath.test(url),
  'must be a path of lower-case names, e.g. "oci://registry.example.com/charts"',
);

/** The first rule that an address breaks is reported alone: what another scheme has is judged by no other rule. */
function addressOf(protocol: RegExp, error: string) {
  const abort = true;
  return z
    .url({ protocol, error, abort })
    .refine((url) => !/[$%]\{/.test(url), {
      error: "must not contain ${ or %{, which Terraform would evaluate",
      abort,
    })
    .refine((url) => !/[?#]/.test(url), {
      // Its text is not repeated, as that of a value that "must" be another one is.
      error: "has parameters after the path, which are credentials",
      params: { hint: "It must end with the path" },
      abort,
    })
    .refine((url) => address.test(url), {
      error: 'must be scheme, host, port and path, e.g. "https://charts.example.com:8443/stable"',
      abort,
    })
    .refine(hasNoWrongPort, { error: "must have a port from 1 to 65535", abort });
}
