import { z } from "zod";
import { hasNoWrongPort } from "../../lib/layer/host-port";

const proxyUrl = (schemes: string, example: string) =>
  z
    .string()
    .regex(
      new RegExp(`^(?:${schemes})://[A-Za-z0-9.-]+(:\\d{1,5})?$`),
      `must be scheme, host and port without a password, e.g. "${example}"`,
    )
    .refine(hasNoWrongPort, "must have a port from 1 to 65535");

const http = proxyUrl("https?", "http://proxy.example.com:3128");

/** Proxies that the platform configures on edge nodes. */
export const EdgeNodeProxy = z.strictObject({
  httpProxy: http.describe("Proxy for HTTP"),
  httpsProxy: http.describe("Proxy for HTTPS"),
  ftpProxy: http.optional().describe("Proxy for FTP"),
  socksProxy: proxyUrl("socks(?:4a?|5h?)?", "socks5://proxy.example.com:1080")
    .optional()
    .describe("SOCKS proxy"),
  noProxy: z
    .array(z.string().regex(/^[A-Za-z0-9.*:/-]+$/, 'must be a host, domain or range, e.g. ".example.com"'))
    .default([])
    .describe("Destinations without proxy"),
});
