import { ok } from "./answers";
import { type Asked, type Filler, type Members, textOf } from "./filler";
import { Shelf } from "./shelf";

const noTags = "moto keeps no tags of budgets";
const noSubscribers = "moto does not give subscribers";
const nameInArn = (asked: Asked) => asked.text("ResourceARN").replace(/^.*\//, "");
const nameOf = (asked: Asked) => asked.text("BudgetName");

/** Tags of budgets, and who is notified when one is exceeded. */
export function budgets(): Filler {
  const tags = new Shelf<readonly Members[]>();
  const notifications = new Shelf<readonly Members[]>();
  const notificationsOf = (asked: Asked) => notifications.get(nameOf(asked)) ?? [];
  const isAskedFor = (asked: Asked) => (each: Members) => {
    // As it came with the request that created it.
    const known = each["Notification"] as Members;
    const wanted = asked.part("Notification");
    return ["NotificationType", "ComparisonOperator", "Threshold"].every(
      (name) => known[name] === wanted[name],
    );
  };

  return {
    service: "budgets",
    types: ["aws_budgets_budget"],
    held: () => tags.keys(),
    reasons: {
      CreateBudget: noTags,
      DeleteBudget: noTags,
      CreateNotification: noSubscribers,
      DescribeNotificationsForBudget: noSubscribers,
    },
    answers: {
      CreateBudget(asked) {
        tags.put(textOf(asked.part("Budget"), "BudgetName"), asked.parts("ResourceTags"));
        return undefined;
      },
      UpdateBudget: () => ok(),
      DeleteBudget(asked) {
        tags.take(nameOf(asked));
        return undefined;
      },
      ListTagsForResource: (asked) => ok({ ResourceTags: tags.get(nameInArn(asked)) ?? [] }),
      TagResource(asked) {
        const added = asked.parts("ResourceTags");
        const others = (tags.get(nameInArn(asked)) ?? []).filter(({ Key }) =>
          added.every((tag) => tag["Key"] !== Key),
        );
        tags.put(nameInArn(asked), [...others, ...added]);
        return ok();
      },
      CreateNotification(asked) {
        notifications.put(nameOf(asked), [...notificationsOf(asked), asked.params]);
        return ok();
      },
      DescribeNotificationsForBudget: (asked) =>
        ok({ Notifications: notificationsOf(asked).map(({ Notification }) => Notification) }),
      DescribeSubscribersForNotification(asked) {
        const found = notificationsOf(asked).find(isAskedFor(asked));
        return ok({ Subscribers: found?.["Subscribers"] ?? [] });
      },
    },
  };
}
