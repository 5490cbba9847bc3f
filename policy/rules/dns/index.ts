import type { Rule } from "../../rule";
import { certificateExpiry } from "./certificate-expiry";
import { certificateKey } from "./certificate-key";
import { certificateNames } from "./certificate-names";
import { certificateReplacement } from "./certificate-replacement";
import { certificateTransparency } from "./certificate-transparency";
import { recordTargets } from "./record-targets";
import { zoneDnssec } from "./zone-dnssec";
import { zoneQueryLog } from "./zone-query-log";

/** Rules about certificates and DNS. */
export const dnsRules: readonly Rule[] = [
  certificateReplacement,
  certificateTransparency,
  certificateKey,
  certificateExpiry,
  certificateNames,
  zoneQueryLog,
  zoneDnssec,
  recordTargets,
];
