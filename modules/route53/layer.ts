import type { z } from "zod";
import { problemsOf } from "../../lib/layer/waiting-rules";
import { defineLayer } from "../../lib/layer/layer";
import { byKey, text } from "../../lib/layer/outputs";
import type { SecretSource } from "../../lib/layer/secret-files";
import type { LayerStack } from "../../lib/layer/stack";
import { audit } from "../audit/layer";
import { kms } from "../kms/layer";
import { vpc } from "../vpc/layer";
import { addExpiryAlarm } from "./alarms";
import { domainProblems } from "./checks/domain";
import { certificateProblems } from "./checks/certificate";
import { existingCertificateProblems } from "./checks/existing-certificate";
import { certificateBody, certificateChain, privateKey } from "./certificate/arguments";
import { addImportedCertificate, pemVariables } from "./certificate/imported";
import { addIssuedCertificate, type CertificateArns, type Validation } from "./certificate/issued";
import { addOwnZones, type Names } from "./zones/own-zones";
import { requiredZones } from "./preconditions";
import { Settings } from "./settings";
import { homeRegion } from "./zones/home-region";
import { zoneProblems } from "./checks/zones";

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
      "ARN of the issued ACM certificate for the domain and its wildcard",
      /:acm:.*:certificate\//,
    ),
    dsRecords: byKey("DS record for the parent of the public zone; empty unless the zone is signed"),
  },
  check: (given) =>
    problemsOf(
      () => domainProblems(given),
      () => zoneProblems(given),
      () => certificateProblems(given),
      () => existingCertificateProblems(given),
    ),
  preconditions: requiredZones,
  secretFiles({ settings: { certificate } }): Readonly<Record<string, SecretSource>> {
    if (certificate.source !== "pem") return {};
    const { certificateFile, privateKeyFile, chainFile } = certificate;
    return {
      [pemVariables.certificate]: { files: [certificateFile], value: certificateBody },
      [pemVariables.privateKey]: { files: [privateKeyFile], value: privateKey },
      [pemVariables.chain]: {
        files: [certificateFile, ...(chainFile === undefined ? [] : [chainFile])],
        value: certificateChain,
      },
    };
  },
  build(stack, { settings, from }) {
    // Also without query log and DNSSEC: Terraform deletes their resources only with the provider that created them.
    stack.awsIn(homeRegion(stack.environment.partition));
    stack.withFewTags();
    const { publicZoneId, privateZoneId, reachableThrough, dsRecords } = addNames(stack, settings, {
      vpcId: from.vpc.vpcId,
      logKeyArn: from.kms.keyArns.at("logs"),
    });
    const { arn, issuedArn } = addCertificate(stack, settings, { zoneId: publicZoneId, reachableThrough });
    addExpiryAlarm(stack, { certificateArn: arn, topicArn: from.audit.topicArn });
    return { publicZoneId, privateZoneId, certificateArn: issuedArn, dsRecords };
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
      return { ...zones, reachableThrough: [], dsRecords: {} };
    case "none":
      return { publicZoneId: "none", privateZoneId: "none", reachableThrough: [], dsRecords: {} };
  }
}

function addCertificate(
  stack: LayerStack,
  { certificate }: z.output<typeof Settings>,
  validation: Validation,
): CertificateArns {
  switch (certificate.source) {
    case "acm":
      return addIssuedCertificate(stack, validation);
    case "pem":
      return alreadyIssued(addImportedCertificate(stack));
    case "existing":
      return alreadyIssued(certificate.arn);
  }
}

function alreadyIssued(arn: string): CertificateArns {
  return { arn, issuedArn: arn };
}
