import { BudgetsBudget } from "@cdktf/provider-aws/lib/budgets-budget";
import type { z } from "zod";
import type { Environment } from "../../lib/layer/environment-schema";
import type { LayerStack } from "../../lib/layer/stack";
import type { Settings } from "./settings";

type Budget = NonNullable<z.output<typeof Settings>["budget"]>;

/** Adds a monthly budget that notifies a topic when actual costs exceed a threshold, or forecasted costs exceed 100 %. */
export function addBudget(stack: LayerStack, budget: Budget, topicArn: string): void {
  const notification = (notificationType: "ACTUAL" | "FORECASTED", threshold: number) => ({
    notificationType,
    threshold,
    thresholdType: "PERCENTAGE",
    comparisonOperator: "GREATER_THAN",
    subscriberSnsTopicArns: [topicArn],
  });
  new BudgetsBudget(stack, "budget", {
    name: stack.named("budget", "monthly"),
    budgetType: "COST",
    timeUnit: "MONTHLY",
    limitAmount: String(budget.monthlyUsd),
    limitUnit: "USD",
    ...(budget.covers === "account" ? {} : { costFilter: [ofEnvironment(stack.environment)] }),
    notification: [
      ...budget.thresholdsPercent.map((percent) => notification("ACTUAL", percent)),
      notification("FORECASTED", 100),
    ],
  });
}

/** https://docs.aws.amazon.com/cost-management/latest/userguide/budgets-create-filters.html */
function ofEnvironment({ name, tagKeys }: Environment) {
  return { name: "TagKeyValue", values: [`user:${tagKeys.environment}$${name}`] };
}
