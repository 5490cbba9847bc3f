import type { z } from "zod";
import { problemsOf } from "../../lib/layer/waiting-rules";
import { orchestratorDomain } from "../../lib/layer/domain";
import { defineLayer } from "../../lib/layer/layer";
import { byKey, text } from "../../lib/layer/outputs";
import type { SecretSource } from "../../lib/layer/secret-files";
import type { LayerStack } from "../../lib/layer/stack";
import { audit } from "../audit/layer";
import { kms } from "../kms/layer";
import { vpc } from "../vpc/layer";
import { addExpiryAlarm } from "../../lib/constructs/expiry-alarm";
import { letsEncryptProblems } from "./checks/authorities";
import { domainProblems } from "./checks/domain";
import { certificateProblems } from "./checks/certificate";
import { existingCertificateProblems } from "./checks/existing-certificate";
import { certificateBody, certificateChain, privateKey } from "./certificate/arguments";
import { addImportedCertificate, pemVariables } from "./certificate/imported";
import { firstCertificate } from "./certificate/first";
import { missingRoot } from "./certificate/missing-root";
import { supersededCertificates } from "./certificate/superseded";
import { addSynchronisedCertificate, firstCertificateVariable } from "./certificate/synchronised";
import { addOwnZones, type Names } from "./zones/own-zones";
import { preconditions } from "./preconditions";
import { certificatePreflight } from "./preflight";
import { Settings } from "./settings";
import { authorityName } from "./zones/authority";
import { homeRegion } from "./zones/home-region";
import { zoneProblems } from "./checks/zones";

const importAgain = "it is an imported one, which must be imported again";
const expiryAdvice = {
  "lets-encrypt":
    "see the Certificate in the namespace orch-gateway, which cert-manager renews, and the log of cert-synchronizer, which imports it",
  pem: importAgain,
  existing: importAgain,
} as const;

/** The authorities in CAA records, without their parameters. */
export function authorityNames(entries: readonly string[]): readonly string[] {
  return entries.map(authorityName);
}

/** The orchestrator's DNS zones and TLS certificate. */
export const route53 = defineLayer({
  name: "route53",
  summary: "Public and private DNS zone, delegation, query log, TLS certificate",
  settings: Settings,
  needs: { kms, audit, vpc },
  outputs: {
    publicZoneId: text('ID of the public hosted zone; "none" without Route 53', /^(Z|none$)/),
    privateZoneId: text('ID of the private hosted zone; "none" without Route 53', /^(Z|none$)/),
    certificateArn: text(
      "ARN of the ACM certificate for the domain and its wildcard",
      /:acm:.*:certificate\//,
    ),
    certificateSecretArns: byKey(
      "platform: ARN of the secret with certificate, chain and private key, for the cluster; empty with lets-encrypt",
    ),
    dsRecords: byKey("DS record for the parent of the public zone; empty unless the zone is signed"),
  },
  check: (given) =>
    problemsOf(
      () => domainProblems(given),
      () => zoneProblems(given),
      () => letsEncryptProblems(given),
      () => certificateProblems(given),
      () => existingCertificateProblems(given),
    ),
  preconditions,
  preflight: ({ settings }) => certificatePreflight(settings),
  secretFiles({ settings: { certificate } }): Readonly<Record<string, SecretSource>> {
    if (certificate.source !== "pem") return {};
    const { certificateFile, privateKeyFile, chainFile } = certificate;
    const withChain = [certificateFile, ...(chainFile === undefined ? [] : [chainFile])];
    return {
      [pemVariables.certificate]: { files: [certificateFile], value: certificateBody },
      [pemVariables.privateKey]: { files: [privateKeyFile], value: privateKey },
      [pemVariables.chain]: { files: withChain, value: certificateChain },
      [pemVariables.root]: { files: withChain, value: (...files) => missingRoot(files) },
    };
  },
  superseded: supersededCertificates,
  generatedValues({ environment, settings: { certificate } }, generating) {
    if (certificate.source !== "lets-encrypt") return {};
    const first = firstCertificate(orchestratorDomain(environment), generating);
    return { [firstCertificateVariable]: JSON.stringify(first) };
  },
  build(stack, { settings, from }) {
    // Also without query log and DNSSEC: Terraform deletes their resources only with the provider that created them.
    stack.awsIn(homeRegion(stack.environment.partition));
    stack.withFewTags();
    const { publicZoneId, privateZoneId, dsRecords } = addNames(stack, settings, {
      vpcId: from.vpc.vpcId,
      logKeyArn: from.kms.keyArns.at("logs"),
    });
    const { arn, secretArn } = addCertificate(stack, settings, from.kms.keyArns.at("data"));
    addExpiryAlarm(stack, {
      id: "certificate-expiry",
      subject: orchestratorDomain(stack.environment),
      advice: expiryAdvice[settings.certificate.source],
      certificateArn: arn,
      topicArn: from.audit.topicArn,
    });
    return {
      publicZoneId,
      privateZoneId,
      certificateArn: arn,
      certificateSecretArns: secretArn === undefined ? {} : { platform: secretArn },
      dsRecords,
    };
  },
});

function addNames(
  stack: LayerStack,
  { zones }: z.output<typeof Settings>,
  inputs: { readonly vpcId: string; readonly logKeyArn: string },
): Names {
  switch (zones.source) {
    case "new":
      return addOwnZones(stack, zones, inputs);
    case "existing":
      return { ...zones, dsRecords: {} };
    case "none":
      return { publicZoneId: "none", privateZoneId: "none", dsRecords: {} };
  }
}

function addCertificate(
  stack: LayerStack,
  { certificate }: z.output<typeof Settings>,
  keyArn: string,
): { readonly arn: string; readonly secretArn?: string } {
  switch (certificate.source) {
    case "lets-encrypt":
      return { arn: addSynchronisedCertificate(stack) };
    case "pem":
      return addImportedCertificate(stack, keyArn);
    case "existing":
      return certificate;
  }
}
