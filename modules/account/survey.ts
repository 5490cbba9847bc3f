import type { z } from "zod";
import { awsCall, sent } from "../../lib/layer/aws-call";
import type { Environment } from "../../lib/layer/environment-schema";
import { look, type Look, question, type Question } from "../../lib/layer/survey";
import { disksQuestion, publicBucketsQuestion } from "./defaults-survey";
import type { Settings } from "./settings";

/** Asks for each protection of the account that this environment does not switch on by itself. */
export function accountQuestions(
  environment: Environment,
  settings: z.output<typeof Settings>,
): readonly Question[] {
  const { enabled, ebsEncryption, s3PublicAccessBlock } = settings;
  return [
    guardDutyQuestion(environment),
    securityHubQuestion(environment),
    ...(enabled && ebsEncryption ? [] : [disksQuestion(environment, enabled)]),
    ...(enabled && s3PublicAccessBlock ? [] : [publicBucketsQuestion(environment, enabled)]),
  ];
}

function guardDutyQuestion({ region }: Environment): Question {
  const consequence = `in ${region}: stolen keys and attacked pods are not detected`;
  return question({
    about: "GuardDuty",
    call: awsCall("guardduty", "ListDetectors", {}),
    actions: ["guardduty:GetDetector", "guardduty:ListDetectors"],
    finding: ({ DetectorIds }) => {
      // An account has at most one in a region.
      const [id] = sent(DetectorIds, "DetectorIds");
      if (id !== undefined) return detectorLook(id, { region, consequence });
      return `GuardDuty is off ${consequence}; ${leftToYou} aws guardduty create-detector --enable --region ${region}`;
    },
  });
}

function detectorLook(id: string, given: { region: string; consequence: string }): Look {
  const enable = `aws guardduty update-detector --detector-id ${id} --enable --region ${given.region}`;
  return look({
    call: awsCall("guardduty", "GetDetector", { DetectorId: id }),
    finding: ({ Status }) =>
      sent(Status, "Status") === "ENABLED"
        ? undefined
        : `GuardDuty is suspended ${given.consequence}; ${leftToYou} ${enable}`,
  });
}

function securityHubQuestion({ region }: Environment): Question {
  return question({
    about: "Security Hub",
    call: awsCall("securityhub", "DescribeHub", {}),
    actions: ["securityhub:DescribeHub"],
    finding: () => undefined,
    // InvalidAccessException may also mean that the caller may not ask; only its message says which.
    findingOnRefusal: ({ message }) =>
      /is not subscribed/.test(message)
        ? `Security Hub is off in ${region}: nothing compares the account with AWS's security standards; ${leftToYou} aws securityhub enable-security-hub --region ${region}`
        : undefined,
  });
}

/** An organisation's administrator often enables them for every account. */
const leftToYou = "it is billed by use, so enabling it is left to you or your organisation:";
