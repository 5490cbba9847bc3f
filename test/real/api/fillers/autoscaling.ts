import { elements, xml } from "./answers";
import type { Asked, Filler } from "./filler";
import { Shelf } from "./shelf";

const namespace = "http://autoscaling.amazonaws.com/doc/2011-01-01/";
const absent = "moto names a node group's Auto Scaling group, but creates none";
const defaults = { GlobalTimeout: 172_800, DefaultResult: "ABANDON", HeartbeatTimeout: 3600 };
const keyOf = (asked: Asked) => `${asked.text("AutoScalingGroupName")} ${asked.text("LifecycleHookName")}`;

/** Lifecycle hooks of the Auto Scaling groups that EKS would create. */
export function autoscaling(): Filler {
  const hooks = new Shelf();
  const answer = (operation: string, content = "") =>
    xml(`${operation}Response`, namespace, `<${operation}Result>${content}</${operation}Result>`);

  return {
    service: "autoscaling",
    types: ["aws_autoscaling_lifecycle_hook"],
    held: () => hooks.keys(),
    reasons: { PutLifecycleHook: absent, DescribeLifecycleHooks: absent, DeleteLifecycleHook: absent },
    answers: {
      PutLifecycleHook(asked) {
        hooks.put(keyOf(asked), asked.params);
        return answer("PutLifecycleHook");
      },
      DescribeLifecycleHooks(asked) {
        const group = asked.text("AutoScalingGroupName");
        const names = asked.texts("LifecycleHookNames")?.map((name) => `${group} ${name}`);
        const own = hooks.entries.filter(([key]) => names?.includes(key) ?? key.startsWith(`${group} `));
        const members = own.map(([, hook]) => `<member>${elements({ ...defaults, ...hook })}</member>`);
        return answer("DescribeLifecycleHooks", `<LifecycleHooks>${members.join("")}</LifecycleHooks>`);
      },
      DeleteLifecycleHook(asked) {
        hooks.take(keyOf(asked));
        return answer("DeleteLifecycleHook");
      },
    },
  };
}
