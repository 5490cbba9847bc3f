import { createHash, timingSafeEqual } from "node:crypto";
import type { Request } from "./message";

/** The token of anonymous clients in the registry protocol. */
export const anonymousToken = "anonymous";

/** Hashes of the accepted tokens, by owner. */
export type TokenHashes = Readonly<Record<string, string>>;

/** The token of a request, as bearer token or as the password of any user; undefined if there is none, or an empty one. */
export function tokenOf({ headers }: Pick<Request, "headers">): string | undefined {
  const [scheme = "", value = ""] = (headers["authorization"] ?? "").split(" ");
  if (scheme.toLowerCase() === "bearer") return value === anonymousToken ? undefined : value;
  if (scheme.toLowerCase() !== "basic") return undefined;
  const pair = Buffer.from(value, "base64").toString();
  const password = pair.slice(pair.indexOf(":") + 1);
  return password === "" ? undefined : password;
}

/** Whether the hash of a token is among the accepted ones; compares in constant time. */
export function isKnown(token: string, hashes: TokenHashes): boolean {
  const actual = createHash("sha256").update(token).digest();
  const matches = Object.values(hashes).filter((hash) => {
    const known = Buffer.from(hash, "hex");
    return known.length === actual.length && timingSafeEqual(known, actual);
  });
  return matches.length > 0;
}
