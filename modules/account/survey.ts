import { z } from "zod";
import type { Environment } from "../../lib/layer/environment-schema";
import type { Look, Question } from "../../lib/layer/survey";
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

const detectors = z.object({ DetectorIds: z.array(z.string()) });
const detector = z.object({ Status: z.enum(["ENABLED", "DISABLED"]) });

function guardDutyQuestion({ region }: Environment): Question {
  const consequence = `in ${region}: nobody hears of a stolen key or an attacked pod`;
  return {
    about: "GuardDuty",
    words: ["guardduty", "list-detectors"],
    actions: ["guardduty:GetDetector", "guardduty:ListDetectors"],
    tell: (answer) => {
      // An account has at most one in a region.
      const [id] = detectors.parse(answer).DetectorIds;
      if (id !== undefined) return detectorLook(id, { region, consequence });
      return `GuardDuty is off ${consequence}; ${leftToYou} aws guardduty create-detector --enable --region ${region}`;
    },
  };
}

function detectorLook(id: string, given: { region: string; consequence: string }): Look {
  const enable = `aws guardduty update-detector --detector-id ${id} --enable --region ${given.region}`;
  return {
    words: ["guardduty", "get-detector", "--detector-id", id],
    tell: (answer) =>
      detector.parse(answer).Status === "ENABLED"
        ? undefined
        : `GuardDuty is suspended ${given.consequence}; ${leftToYou} ${enable}`,
  };
}

function securityHubQuestion({ region }: Environment): Question {
  return {
    about: "Security Hub",
    words: ["securityhub", "describe-hub"],
    actions: ["securityhub:DescribeHub"],
    tell: () => undefined,
    // InvalidAccessException may also mean that the caller may not ask; only its words tell which.
    tellRefusal: (said) =>
      /is not subscribed/.test(said)
        ? `Security Hub is off in ${region}: nothing compares the account with AWS's security standards; ${leftToYou} aws securityhub enable-security-hub --region ${region}`
        : undefined,
  };
}

/** They cost by use, and an organisation's administrator often switches them on for every account. */
const leftToYou = "it costs by use, so switching it on is left to you or your organisation:";
