import { ok } from "./answers";
import type { Filler } from "./filler";
import { uuids } from "./shelf";

const unread = "moto's answer has no update in it, which the provider cannot read";

/** EKS's updates, which are done at once. */
export function eksUpdates(): Filler {
  const ids = uuids();
  const update = (type: string, status: string) => (id: string) =>
    ok({ update: { id, status, type, errors: [], params: [] } });
  const begun = (type: string) => () => update(type, "InProgress")(ids.next());
  return {
    service: "eks",
    reasons: { UpdateClusterConfig: unread, UpdateNodegroupConfig: unread },
    answers: {
      UpdateClusterConfig: begun("LoggingUpdate"),
      UpdateNodegroupConfig: begun("ConfigUpdate"),
      DescribeUpdate: (asked) => update("ConfigUpdate", "Successful")(asked.text("updateId")),
    },
  };
}
