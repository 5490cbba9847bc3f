import { BlockList, isIP } from "node:net";
import type { Variables } from "./aws-environment";

/** The server of a request. */
interface Target {
  /** With its colon, e.g. `https:`. */
  readonly protocol: string;
  readonly hostname: string;
  readonly port?: number | undefined;
}

const loopback = new BlockList();
loopback.addSubnet("127.0.0.0", 8, "ipv4");
loopback.addAddress("::1", "ipv6");

/**
 * The proxy for a request, empty for none: as Terraform finds it, which is why ALL_PROXY does not count.
 * https://pkg.go.dev/golang.org/x/net/http/httpproxy#Config
 */
export function proxyFor({ protocol, hostname, port }: Target, variables: Variables): string {
  const secure = protocol === "https:";
  const proxy = either(variables, secure ? "HTTPS_PROXY" : "HTTP_PROXY");
  const host = hostname.toLowerCase().replace(/^\[|\]$/g, "");
  if (proxy === "" || host === "localhost" || contains(loopback, host)) return "";
  const exempt = either(variables, "NO_PROXY")
    .toLowerCase()
    .split(/[\s,]+/);
  const target = { host, port: String(port ?? (secure ? 443 : 80)) };
  if (exempt.some((entry) => entry !== "" && isExempt(target, entry))) return "";
  return proxy.includes("://") ? proxy : `http://${proxy}`;
}

function either(variables: Variables, name: string): string {
  return variables[name] || variables[name.toLowerCase()] || "";
}

/** Whether one entry of NO_PROXY is about this server: a range, an address, a host with its subdomains; the last two with a port or without. */
function isExempt(target: { readonly host: string; readonly port: string }, entry: string): boolean {
  if (entry === "*") return true;
  if (entry.includes("/")) return contains(range(entry), target.host);
  const [, host = entry, port] = /^(\[[^\]]*\]|[^:]*):(\d+)$/.exec(entry) ?? [];
  if (port !== undefined && port !== target.port) return false;
  const bare = host.replace(/^\[|\]$/g, "");
  if (isIP(bare) !== 0) return contains(range(`${bare}/${isIP(bare) === 4 ? 32 : 128}`), target.host);
  const domain = bare.replace(/^\*?\./, "");
  const own = domain === bare && target.host === domain;
  return own || target.host.endsWith(`.${domain}`);
}

/** The addresses of a CIDR block; none when it is not one. */
function range(block: string): BlockList {
  const addresses = new BlockList();
  const [, network = "", prefix = ""] = /^(.*)\/(\d+)$/.exec(block) ?? [];
  const version = isIP(network);
  if (version !== 0 && Number(prefix) <= (version === 4 ? 32 : 128))
    addresses.addSubnet(network, Number(prefix), version === 4 ? "ipv4" : "ipv6");
  return addresses;
}

function contains(addresses: BlockList, host: string): boolean {
  const version = isIP(host);
  return version !== 0 && addresses.check(host, version === 4 ? "ipv4" : "ipv6");
}
