import { domainToASCII } from "node:url";
import { z } from "zod";

/**
 * A domain name as DNS stores it: labels of 63 characters at most, and an internationalised one, also at the top, as xn--…
 * (https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DomainNameFormat.html). How long the whole name can be depends on
 * what is named.
 */
export const domainName = z
  .string()
  .regex(/^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+([a-z]{2,63}|xn--([a-z0-9-]{0,58}[a-z0-9]))$/, {
    error: ({ input }) => `must be a lower-case domain name, e.g. "${ascii(input) ?? "example.com"}"`,
  });

/** How a name in another script is written; undefined for other text. */
function ascii(input: unknown): string | undefined {
  // eslint-disable-next-line no-control-regex -- what is not ASCII is looked for
  if (typeof input !== "string" || /^[\u0000-\u007f]*$/.test(input)) return undefined;
  return domainToASCII(input) || undefined;
}
