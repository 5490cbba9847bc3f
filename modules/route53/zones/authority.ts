import { z } from "zod";
import { sameness } from "../../../lib/layer/sameness";

/**
 * A parameter of RFC 8659, such as `validationmethods=dns-01` of RFC 8657, without the characters that end the quoted value of
 * Route 53's record, or that Terraform would evaluate.
 */
const parameter = /^[A-Za-z0-9]+(-+[A-Za-z0-9]+)*=[\w!#%&'()*+,./:<=>?@^`|~-]*$/;

/**
 * Who may issue certificates, as in a CAA record: a domain name, and parameters behind semicolons.
 * https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/ResourceRecordTypes.html#CAAFormat
 */
export const certificateAuthority = z
  .string()
  .refine(
    isAuthority,
    'must be the domain name of a certificate authority, with parameters if it has any, e.g. "letsencrypt.org" or "letsencrypt.org; validationmethods=dns-01"',
  )
  .register(sameness, { key: (entry) => sameText(String(entry)) });

/** The domain name without its parameters. */
export function authorityName(entry: string): string {
  return partsOf(entry)[0]?.toLowerCase() ?? "";
}

/** The parameters, in lower case, as RFC 8657 compares their names. */
export function authorityParameters(
  entry: string,
): readonly { readonly name: string; readonly value: string }[] {
  return partsOf(entry)
    .slice(1)
    .map((part) => {
      const [name = "", ...value] = part.split("=");
      return { name: name.toLowerCase(), value: value.join("=").toLowerCase() };
    });
}

function isAuthority(entry: string): boolean {
  const [name, ...parameters] = partsOf(entry);
  return z.hostname().safeParse(name).success && parameters.every((each) => parameter.test(each));
}

function sameText(entry: string): string {
  return [authorityName(entry), ...partsOf(entry).slice(1)].join("; ");
}

function partsOf(entry: string): readonly string[] {
  return entry.split(";").map((part) => part.trim());
}
