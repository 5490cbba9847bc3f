import { domainToUnicode } from "node:url";
import type { z } from "zod";
import { orchestratorDomain } from "../../../lib/layer/domain";
import type { Environment } from "../../../lib/layer/environment-schema";
import { domainSetting } from "../../../lib/layer/host-length";
import type { Problem } from "../../../lib/layer/layer";
import { standingOf, uncertifiable } from "../../../lib/layer/public-domain";
import type { Settings } from "../settings";

interface CheckInputs {
  readonly environment: Pick<Environment, "name" | "domain">;
  readonly settings: z.output<typeof Settings>;
}

const otherSource = 'set layers.route53.certificate.source to "existing" or "pem"';

/** Reports a domain for which Let's Encrypt issues no certificate. Other authorities have other limits. */
export function domainProblems({ environment, settings }: CheckInputs): readonly Problem[] {
  if (settings.certificate.source !== "lets-encrypt") return [];
  const { domain } = environment;
  const whole = orchestratorDomain(environment);
  const found = [
    uncertified(whole),
    settings.zones.source === "new" ? undelegated(domain, whole) : undefined,
    invalidLabel(whole),
  ];
  return found.filter((each) => each !== undefined).map((each) => ({ path: domainSetting(domain), ...each }));
}

type Finding = Pick<Problem, "message" | "hint">;

function uncertified(whole: string): Finding | undefined {
  const reason = uncertifiable(whole);
  if (reason === undefined) return undefined;
  return {
    message: `${reason}, so Let's Encrypt issues no certificate`,
    hint: `Choose a domain that is registered in the public DNS, or ${otherSource}`,
  };
}

/** The registry of a suffix delegates from its own servers, not from a zone in Route 53. */
function undelegated(domain: Environment["domain"], whole: string): Finding | undefined {
  if (!("parent" in domain) || standingOf(domain.parent).kind !== "suffix") return undefined;
  return {
    message: `"${domain.parent}" is a public suffix, so "${whole}" cannot be delegated from its zone`,
    hint: `Set domain.root to "${whole}" instead, if you registered it`,
  };
}

/** Let's Encrypt refuses such names: errInvalidRLDH in https://github.com/letsencrypt/boulder/blob/main/policy/pa.go */
function invalidLabel(whole: string): Finding | undefined {
  const label = whole.split(".").find((each) => /^..--/.test(each) && !isInternationalised(each));
  if (label === undefined) return undefined;
  return {
    message: `"${label}" has two dashes as its third and fourth characters, and is not an internationalised name, so Let's Encrypt issues no certificate`,
    hint: `Choose another name, or ${otherSource}`,
  };
}

function isInternationalised(label: string): boolean {
  return label.startsWith("xn--") && domainToUnicode(label) !== "";
}
