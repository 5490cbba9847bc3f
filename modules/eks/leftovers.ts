import { allPages, awsCall, sent } from "../../lib/layer/aws-call";
import type { Environment } from "../../lib/layer/environment-schema";
import { question, type Question } from "../../lib/layer/survey";

/** Asks for the volumes of pods, which nothing deletes once the cluster is gone: their data may be wanted. */
export function volumesQuestion({ name, region, tagKeys }: Environment): Question {
  const tags = { [`tag:${tagKeys.environment}`]: name, "tag:ebs.csi.aws.com/cluster": "true" };
  const filters = Object.entries(tags).map(([Name, value]) => ({ Name, Values: [value] }));
  return question({
    about: "volumes of pods",
    call: allPages(awsCall("ec2", "DescribeVolumes", { Filters: filters }), "Volumes"),
    actions: ["ec2:DescribeVolumes"],
    finding: ({ Volumes }) => {
      const volumes = sent(Volumes, "Volumes");
      if (volumes.length === 0) return undefined;
      const size = volumes.reduce((sum, { Size = 0 }) => sum + Size, 0);
      const which = Object.entries(tags).map(([tag, value]) => shellWord(`Name=${tag},Values=${value}`));
      const ids = `aws ec2 describe-volumes --filters ${which.join(" ")} --region ${region} --query 'Volumes[].[VolumeId]' --output text`;
      const remove = `${ids} | xargs -n 1 aws ec2 delete-volume --region ${region} --volume-id`;
      return `${count(volumes.length)} left, ${size} GiB, with the data of pods; to delete them, run: ${remove}`;
    },
  });
}

const count = (number: number) => (number === 1 ? "1 volume of pods is" : `${number} volumes of pods are`);

/** Keys of tags may have spaces. */
const shellWord = (text: string) => (/^[\w.:/=,+@-]+$/.test(text) ? text : `'${text}'`);
