import { createHash, timingSafeEqual } from "node:crypto";
import type { Request } from "./message";

/** The word that stands for a token in the registry protocol when a client has none. */
export const anonymousToken = "anonymous";

/** Hashes of the tokens that are accepted, by the name of their owner. */
export type TokenHashes = Readonly<Record<string, string>>;

/** The token that a request shows, as bearer token or as the password of any user; undefined when it shows none. */
export function tokenOf({ headers }: Pick<Request, "headers">): string | undefined {
  const [scheme = "", value = ""] = (headers["authorization"] ?? "").split(" ");
  if (scheme.toLowerCase() === "bearer") return value === anonymousToken ? undefined : value;
  if (scheme.toLowerCase() !== "basic") return undefined;
  const pair = Buffer.from(value, "base64").toString();
  return pair.slice(pair.indexOf(":") + 1);
}

/** Whether a token is one of those whose hashes are known; takes equally long for every wrong one. */
export function isKnown(token: string, hashes: TokenHashes): boolean {
  const shown = createHash("sha256").update(token).digest();
  const matches = Object.values(hashes).filter((hash) => {
    const known = Buffer.from(hash, "hex");
    return known.length === shown.length && timingSafeEqual(known, shown);
  });
  return matches.length > 0;
}
