import { expect, test } from "vitest";
import { kubeletConfigInFiles, kubeletConfigInUserData } from "../../synthesis/node-config";
import { Resource } from "../../synthesis/resource";

const templateWith = (parts: readonly (readonly [type: string, content: string])[]) => {
  const message = [
    'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="//"\n',
    ...parts.map(([type, content]) => `--//\nContent-Type: ${type}\n\n${content}`),
    "--//--\n",
  ].join("\n");
  const given = { user_data: Buffer.from(message).toString("base64") };
  return new Resource({ layer: "eks", type: "aws_launch_template", name: "main", given });
};
const nodeConfig = (config: string) => `kind: NodeConfig\nspec: {kubelet: {config: ${config}}}`;
const writing = (file: string, content: string) => `#!/bin/bash\ncat > ${file} <<'END'\n${content}\nEND\n`;

test("the kubelet configuration of user data is that of its parts for nodeadm, the last one winning", () => {
  const template = templateWith([
    ["application/node.eks.aws", nodeConfig("{maxPods: 20, clusterDNS: [172.20.0.10]}")],
    ["text/x-shellscript", writing("/etc/eks/nodeadm.d/own.yaml", nodeConfig("{maxPods: 58}"))],
    ["application/node.eks.aws", nodeConfig("{maxPods: 30}")],
  ]);
  expect(kubeletConfigInUserData(template)).toEqual({ maxPods: 30, clusterDNS: ["172.20.0.10"] });
});

test("the kubelet configuration of files is what scripts write to nodeadm's directory", () => {
  const template = templateWith([
    ["application/node.eks.aws", nodeConfig("{maxPods: 20}")],
    ["text/x-shellscript", writing("/etc/eks/nodeadm.d/own.yaml", nodeConfig("{maxPods: 58}"))],
    ["text/x-shellscript", writing("/etc/eks/other.yaml", nodeConfig("{maxPods: 99}"))],
  ]);
  expect(kubeletConfigInFiles(template)).toEqual({ maxPods: 58 });
});

test("a launch template without user data has neither", () => {
  const template = new Resource({ layer: "eks", type: "aws_launch_template", name: "main", given: {} });
  expect([kubeletConfigInUserData(template), kubeletConfigInFiles(template)]).toEqual([{}, {}]);
});
