import { type Filler, ok, uuids } from "./filler";

const unread = "moto's answer has no update in it, which the provider cannot read";

/** EKS's updates, which are done at once. */
export function eksUpdates(): Filler {
  const ids = uuids();
  const update = (type: string) => () =>
    ok({ update: { id: ids.next(), status: "InProgress", type, errors: [] } });
  return {
    service: "eks",
    types: [],
    held: () => [],
    reasons: { UpdateClusterConfig: unread, UpdateNodegroupConfig: unread },
    answers: {
      UpdateClusterConfig: update("ConfigUpdate"),
      UpdateNodegroupConfig: update("ConfigUpdate"),
      UpdateNodegroupVersion: update("VersionUpdate"),
      DescribeUpdate: ({ params }) =>
        ok({ update: { id: params.updateId, status: "Successful", type: "ConfigUpdate", errors: [] } }),
    },
  };
}
