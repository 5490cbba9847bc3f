import { z } from "zod";
import { hasNoWrongPort, hostPattern } from "../../lib/layer/host-port";

const registryPath = z
  .string()
  .regex(
    new RegExp(`^${hostPattern}(:\\d{1,5})?(/[a-z0-9]+([._-]+[a-z0-9]+)*)*$`),
    'must be host and path without a scheme, e.g. "registry.example.com/edge-orch"',
  )
  .refine(hasNoWrongPort, "must have a port from 1 to 65535");

const host = z
  .string()
  .regex(new RegExp(`^${hostPattern}(:\\d{1,5})?$`), 'must be a host, e.g. "files.example.com"')
  .refine(hasNoWrongPort, "must have a port from 1 to 65535");

/** Where the platform's charts, images and files are read from, if not from their publisher. */
export const ReleaseService = z.strictObject({
  chartRepository: registryPath.describe("OCI repository of the platform's charts"),
  containerRegistry: registryPath.describe("Registry and path of the platform's images"),
  ociRegistry: host.describe("OCI registry from which edge nodes read packages and images"),
  fileServer: host.describe("Server of files that edge nodes download"),
});
