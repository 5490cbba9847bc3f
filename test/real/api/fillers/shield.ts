import { type Filler, notThere, ok, type Place } from "./filler";

const limits = {
  ProtectionLimits: { ProtectedResourceTypeLimits: [] },
  ProtectionGroupLimits: {
    MaxProtectionGroups: 1,
    PatternTypeLimits: { ArbitraryPatternLimits: { MaxMembers: 1 } },
  },
};

/** The subscription of Shield Advanced, which lasts a year. */
export function shield({ account, partition }: Place): Filler {
  let renewal: string | undefined;
  return {
    service: "shield",
    types: ["aws_shield_subscription"],
    held: () => [],
    reasons: {
      CreateSubscription: "moto's subscription cannot be read",
      DescribeSubscription: "moto gives times as text, which the provider cannot read",
    },
    answers: {
      CreateSubscription() {
        renewal = "ENABLED";
        return undefined;
      },
      UpdateSubscription({ params }) {
        renewal = params.AutoRenew;
        return ok();
      },
      DescribeSubscription() {
        if (renewal === undefined) return notThere("ResourceNotFoundException", 400);
        const start = 1_780_000_000;
        const TimeCommitmentInSeconds = 31_536_000;
        const SubscriptionArn = `arn:${partition}:shield::${account}:subscription`;
        const times = { StartTime: start, EndTime: start + TimeCommitmentInSeconds, TimeCommitmentInSeconds };
        return ok({
          Subscription: { ...times, AutoRenew: renewal, SubscriptionArn, SubscriptionLimits: limits },
        });
      },
    },
  };
}
