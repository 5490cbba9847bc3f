import { parse } from "tldts";

/** Names in the list of public suffixes that no authority certifies: https://www.iana.org/assignments/special-use-domain-names/ */
const special: readonly string[] = ["arpa", "onion"];

/** How a name stands to those below which the public registers domains. */
type Standing =
  { readonly kind: "registrable" | "suffix" } | { readonly kind: "private"; readonly top: string };

/**
 * Looks a domain up in the list of public suffixes, https://publicsuffix.org. Certificate authorities do not issue
 * certificates for names outside of it, nor wildcards for a suffix; of its sections, they ask that of ICANN only, because
 * the owner of a private suffix, e.g. github.io, can prove that it is theirs: section 3.2.2.6 of
 * https://cabforum.org/working-groups/server/baseline-requirements/requirements/
 */
export function standingOf(domain: string): Standing {
  const { isIcann, domain: registrable } = parse(domain);
  const top = domain.slice(domain.lastIndexOf(".") + 1);
  if (isIcann !== true || special.includes(top)) return { kind: "private", top };
  return { kind: registrable === null ? "suffix" : "registrable" };
}

/** Why no public authority certifies the domain and its wildcard; undefined if one can. */
export function uncertifiable(domain: string): string | undefined {
  const standing = standingOf(domain);
  switch (standing.kind) {
    case "registrable":
      return undefined;
    case "suffix":
      return `"${domain}" is a public suffix, below which anyone registers domains`;
    case "private":
      return `"${domain}" is outside of the public DNS, to which "${standing.top}" does not belong`;
  }
}
