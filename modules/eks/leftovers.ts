import { z } from "zod";
import type { Environment } from "../../lib/layer/environment-schema";
import type { Question } from "../../lib/layer/survey";

const volumes = z.object({ Volumes: z.array(z.object({ VolumeId: z.string(), Size: z.number() })) });

/** Asks for the volumes of pods, which nothing deletes once the cluster is gone: what they hold may be wanted. */
export function volumesQuestion({ name, region }: Environment): Question {
  const filters = [`Name=tag:environment,Values=${name}`, "Name=tag:ebs.csi.aws.com/cluster,Values=true"];
  const words = ["ec2", "describe-volumes", "--filters", ...filters];
  return {
    about: "volumes of pods",
    words,
    actions: ["ec2:DescribeVolumes"],
    tell: (answer) => {
      const { Volumes } = volumes.parse(answer);
      if (Volumes.length === 0) return undefined;
      const size = Volumes.reduce((sum, { Size }) => sum + Size, 0);
      const ids = `aws ${words.join(" ")} --region ${region} --query 'Volumes[].[VolumeId]' --output text`;
      const remove = `${ids} | xargs -n 1 aws ec2 delete-volume --region ${region} --volume-id`;
      return `${count(Volumes.length)} left, ${size} GiB, with what the pods kept; to delete them, run: ${remove}`;
    },
  };
}

const count = (number: number) => (number === 1 ? "1 volume of pods is" : `${number} volumes of pods are`);
