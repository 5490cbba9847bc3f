import { z } from "zod";
import { hasNoWrongPort, hostPattern } from "../../lib/layer/host-port";

/** Names of repositories in an OCI registry: https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#pulling-manifests */
const ociPath = /^oci:\/\/[^/]+(\/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*\/?$/;

/** Scheme, host, port and path, written so that Helm reads them as zod does. */
const address = new RegExp(`^(https|oci)://${hostPattern}(:\\d{1,5})?(/[A-Za-z0-9._~%+@-]*)*$`);

/** Where charts are read from. */
export const repositoryAddress = z
  .url({ protocol: /^(https|oci)$/, error: "must be an https:// or oci:// address of a repository" })
  .refine((url) => !/[$%]\{/.test(url), "must not contain ${ or %{, which Terraform would evaluate")
  .refine((url) => !/[?#]/.test(url), "must end with the path, because parameters of a URL are credentials")
  .refine(
    (url) => /[?#]|[$%]\{/.test(url) || address.test(url),
    'must be scheme, host, port and path, e.g. "https://charts.example.com:8443/stable"',
  )
  .refine(hasNoWrongPort, "must have a port from 1 to 65535")
  .refine(
    (url) => !url.startsWith("oci:") || ociPath.test(url),
    'must be a path of lower-case names, e.g. "oci://registry.example.com/charts"',
  );
