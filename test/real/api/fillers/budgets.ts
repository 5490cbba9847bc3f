import { type Filler, ok, type Params } from "./filler";

/** Tags of budgets, and who is told when one is exceeded. */
export function budgets(): Filler {
  const tags = new Map<string, Map<string, Params>>();
  const notifications = new Map<string, Params[]>();
  const nameOf = (arn: string) => arn.replace(/^.*\//, "");
  const add = (name: string, added: readonly Params[] = []) => {
    const own = tags.get(name) ?? new Map<string, Params>();
    for (const tag of added) own.set(tag.Key, tag);
    tags.set(name, own);
  };
  const isSame = (one: Params, other: Params) =>
    ["NotificationType", "ComparisonOperator", "Threshold"].every((member) => one[member] === other[member]);

  return {
    service: "budgets",
    types: ["aws_budgets_budget"],
    held: () => [...tags.keys()],
    reasons: {
      CreateBudget: "moto keeps no tags of budgets",
      DeleteBudget: "moto keeps no tags of budgets",
      CreateNotification: "moto does not give subscribers",
      DeleteNotification: "moto does not give subscribers",
      DescribeNotificationsForBudget: "moto does not give subscribers",
    },
    answers: {
      CreateBudget({ params }) {
        add(params.Budget.BudgetName, params.ResourceTags);
        notifications.set(params.Budget.BudgetName, params.NotificationsWithSubscribers ?? []);
        return undefined;
      },
      UpdateBudget: () => ok(),
      DeleteBudget({ params }) {
        tags.delete(params.BudgetName);
        notifications.delete(params.BudgetName);
        return undefined;
      },
      ListTagsForResource: ({ params }) =>
        ok({ ResourceTags: [...(tags.get(nameOf(params.ResourceARN))?.values() ?? [])] }),
      TagResource({ params }) {
        add(nameOf(params.ResourceARN), params.ResourceTags);
        return ok();
      },
      CreateNotification({ params }) {
        const { BudgetName, Notification, Subscribers } = params;
        const others = notifications.get(BudgetName) ?? [];
        notifications.set(BudgetName, [...others, { Notification, Subscribers }]);
        return ok();
      },
      DeleteNotification({ params }) {
        const all = notifications.get(params.BudgetName) ?? [];
        const others = all.filter(({ Notification }) => !isSame(Notification, params.Notification));
        notifications.set(params.BudgetName, others);
        return ok();
      },
      DescribeNotificationsForBudget({ params }) {
        const all = notifications.get(params.BudgetName) ?? [];
        return ok({ Notifications: all.map(({ Notification }) => Notification) });
      },
      DescribeSubscribersForNotification({ params }) {
        const all = notifications.get(params.BudgetName) ?? [];
        const found = all.find(({ Notification }) => isSame(Notification, params.Notification));
        return ok({ Subscribers: found?.Subscribers ?? [] });
      },
    },
  };
}
