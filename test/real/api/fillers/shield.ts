import { aTime, notThere, ok } from "./answers";
import type { Filler, Place } from "./filler";

const limits = {
  ProtectionLimits: { ProtectedResourceTypeLimits: [] },
  ProtectionGroupLimits: {
    MaxProtectionGroups: 1,
    PatternTypeLimits: { ArbitraryPatternLimits: { MaxMembers: 1 } },
  },
};

/** The subscription of Shield Advanced, which lasts a year. */
export function shield({ account, partition }: Place): Filler {
  let subscribed = false;
  return {
    service: "shield",
    types: ["aws_shield_subscription"],
    reasons: {
      CreateSubscription: "moto's subscription cannot be read",
      DescribeSubscription: "moto gives times as text, which the provider cannot read",
    },
    answers: {
      CreateSubscription() {
        subscribed = true;
        return ok();
      },
      DescribeSubscription() {
        if (!subscribed) return notThere("ResourceNotFoundException", 400);
        const TimeCommitmentInSeconds = 31_536_000;
        const SubscriptionArn = `arn:${partition}:shield::${account}:subscription`;
        const EndTime = aTime + TimeCommitmentInSeconds;
        const times = { StartTime: aTime, EndTime, TimeCommitmentInSeconds };
        return ok({
          Subscription: { ...times, AutoRenew: "ENABLED", SubscriptionArn, SubscriptionLimits: limits },
        });
      },
    },
  };
}
