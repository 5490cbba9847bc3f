import { aTime, notThere, ok } from "./answers";
import { type Asked, type Filler, type Members, type Place, textOf } from "./filler";
import { Shelf, uuids } from "./shelf";

const planOf = (asked: Asked) => asked.text("RestoreTestingPlanName");
const keyOf = (asked: Asked) => `${planOf(asked)} ${asked.text("RestoreTestingSelectionName")}`;

/** AWS Backup's restore tests. */
export function restoreTests({ account, partition }: Place): Filler {
  const absent = notThere("ResourceNotFoundException", 400);
  const plans = new Shelf(absent);
  const selections = new Shelf(absent);
  const tags = new Shelf();
  const ids = uuids();
  const unknown = "moto knows no restore tests";

  return {
    service: "backup",
    types: ["aws_backup_restore_testing_plan", "aws_backup_restore_testing_selection"],
    held: () => [...plans.keys(), ...selections.keys()],
    reasons: { ListTags: unknown, TagResource: unknown },
    answers: {
      CreateRestoreTestingPlan(asked) {
        const asPlan = asked.part("RestoreTestingPlan");
        const name = textOf(asPlan, "RestoreTestingPlanName");
        const path = `restore-testing-plan:${name}-${ids.next()}`;
        const RestoreTestingPlanArn = `arn:${partition}:backup:${asked.region}:${account}:${path}`;
        tags.put(RestoreTestingPlanArn, asked.part("Tags"));
        const plan: Members = { ...asPlan, RestoreTestingPlanArn, CreationTime: aTime };
        return ok(plans.put(name, plan), 201);
      },
      GetRestoreTestingPlan: (asked) => plans.answer(planOf(asked), (plan) => ({ RestoreTestingPlan: plan })),
      DeleteRestoreTestingPlan(asked) {
        plans.take(planOf(asked));
        return ok({}, 204);
      },
      CreateRestoreTestingSelection(asked) {
        const asSelection = asked.part("RestoreTestingSelection");
        const { RestoreTestingPlanArn } = plans.get(planOf(asked)) ?? {};
        const key = `${planOf(asked)} ${textOf(asSelection, "RestoreTestingSelectionName")}`;
        const ofPlan = { RestoreTestingPlanName: planOf(asked), RestoreTestingPlanArn };
        return ok(selections.put(key, { ...asSelection, ...ofPlan, CreationTime: aTime }), 201);
      },
      GetRestoreTestingSelection: (asked) =>
        selections.answer(keyOf(asked), (selection) => ({ RestoreTestingSelection: selection })),
      DeleteRestoreTestingSelection(asked) {
        selections.take(keyOf(asked));
        return ok({}, 204);
      },
      ListTags(asked) {
        const own = tags.get(asked.text("ResourceArn"));
        return own && ok({ Tags: own });
      },
      TagResource(asked) {
        const arn = asked.text("ResourceArn");
        const own = tags.get(arn);
        if (own === undefined) return undefined;
        tags.put(arn, { ...own, ...asked.part("Tags") });
        return ok();
      },
    },
  };
}
