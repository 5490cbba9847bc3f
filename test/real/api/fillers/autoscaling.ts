import { type Filler, type Params, xml } from "./filler";

const namespace = "http://autoscaling.amazonaws.com/doc/2011-01-01/";
const absent = "moto names a node group's Auto Scaling group, but creates none";
const defaults = { GlobalTimeout: 172_800, DefaultResult: "ABANDON", HeartbeatTimeout: 3600 };

/** Lifecycle hooks of the Auto Scaling groups that EKS would create. */
export function autoscaling(): Filler {
  const hooks = new Map<string, Params>();
  const keyOf = ({ AutoScalingGroupName, LifecycleHookName }: Params) =>
    `${AutoScalingGroupName} ${LifecycleHookName}`;
  const answer = (operation: string, content = "") =>
    xml(operation, namespace, `<${operation}Result>${content}</${operation}Result>`);

  return {
    service: "autoscaling",
    types: ["aws_autoscaling_lifecycle_hook"],
    held: () => [...hooks.keys()],
    reasons: { PutLifecycleHook: absent, DescribeLifecycleHooks: absent, DeleteLifecycleHook: absent },
    answers: {
      PutLifecycleHook({ params }) {
        hooks.set(keyOf(params), params);
        return answer("PutLifecycleHook");
      },
      DescribeLifecycleHooks({ params }) {
        const names: readonly string[] | undefined = params.LifecycleHookNames;
        const own = [...hooks.values()].filter(
          ({ AutoScalingGroupName, LifecycleHookName }) =>
            AutoScalingGroupName === params.AutoScalingGroupName &&
            (names?.includes(LifecycleHookName) ?? true),
        );
        const members = own.map((hook) => `<member>${elements({ ...defaults, ...hook })}</member>`).join("");
        return answer("DescribeLifecycleHooks", `<LifecycleHooks>${members}</LifecycleHooks>`);
      },
      DeleteLifecycleHook({ params }) {
        hooks.delete(keyOf(params));
        return answer("DeleteLifecycleHook");
      },
    },
  };
}

function elements(members: Readonly<Record<string, unknown>>): string {
  return Object.entries(members)
    .map(([name, value]) => `<${name}>${String(value)}</${name}>`)
    .join("");
}
