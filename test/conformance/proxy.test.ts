import { createServer, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { findBotocore } from "../real/api/botocore";
import { fillersFor } from "../real/api/fillers";
import { Judge } from "../real/api/judge";
import { type Proxy, startProxy, userAgentOf } from "../real/api/proxy";
import type { RecordedCall } from "../real/api/recorded-call";
import type { RawRequest } from "../real/api/request";
import { form, json, rest } from "./requests";

const botocore = findBotocore();

describe.skipIf(botocore === undefined)(
  `the proxy before the emulator${botocore === undefined ? ": botocore is not found" : ""}`,
  () => {
    const judge = new Judge(botocore ?? "");
    let emulator: Server;
    let proxy: Proxy;
    let arrived: { readonly target: string; readonly body: string }[];
    let recorded: RecordedCall[];
    let reply: string;

    beforeEach(async () => {
      arrived = [];
      recorded = [];
      reply = '{"of":"the emulator"}';
      emulator = createServer((incoming, outgoing) => {
        let body = "";
        incoming.on("data", (chunk: Buffer) => (body += chunk.toString()));
        incoming.on("end", () => {
          arrived.push({ target: incoming.url ?? "", body });
          outgoing.writeHead(200, { "content-type": "application/json" }).end(reply);
        });
      });
      await new Promise<void>((resolve) => emulator.listen(0, "127.0.0.1", resolve));
      // A server that listens on a port has an address.
      const { port } = emulator.address() as AddressInfo;
      proxy = await startProxy({
        emulator: `http://127.0.0.1:${port}`,
        judge,
        fillers: fillersFor({ account: "123456789012", partition: "aws" }),
        record: {
          add: (call) => recorded.push(call),
          written: () => Promise.resolve(),
          close: () => Promise.resolve(),
        },
      });
    });
    afterEach(async () => {
      await proxy.stop();
      emulator.closeAllConnections();
      emulator.close();
    });

    const send = async ({ method, target, headers, body }: RawRequest, more: Record<string, string> = {}) => {
      const own = { ...headers, "user-agent": `provider ${userAgentOf("kms", "apply")}`, ...more };
      const texts = Object.entries(own).map(([name, value]): [string, string] => [name, String(value)]);
      const answer = await fetch(`${proxy.url}${target}`, {
        method,
        headers: texts,
        ...(body.length > 0 && { body: new Uint8Array(body) }),
      });
      return { status: answer.status, text: await answer.text() };
    };

    test("passes a request on, and records it with its answer, its layer and its phase", async () => {
      const answer = await send(json("kms", "TrentService.DescribeKey", { KeyId: "alias/edge" }));
      expect(answer).toEqual({ status: 200, text: '{"of":"the emulator"}' });
      expect(arrived).toEqual([{ target: "/", body: '{"KeyId":"alias/edge"}' }]);
      expect(recorded).toEqual([
        {
          service: "kms",
          operation: "DescribeKey",
          region: "us-west-2",
          params: { KeyId: "alias/edge" },
          answer: '{"of":"the emulator"}',
          status: 200,
          layer: "kms",
          phase: "apply",
        },
      ]);
      expect(proxy.findings.summary).toBe("1 requests, 1 operations, 0 violations");
    });

    test("says in which layer and phase AWS would refuse what", async () => {
      await send(json("kms", "TrentService.CreateKey", { Tags: [{ TagKey: "a" }] }));
      expect(proxy.findings.all).toEqual([
        "kms apply: kms.CreateKey Tags[].TagValue: missing required null (required)",
      ]);
    });

    test("says when nobody asks", async () => {
      await send(json("kms", "TrentService.ListKeys", {}), { "user-agent": "anybody" });
      expect(proxy.findings.all).toEqual(["the proxy: ListKeys is asked for by nobody"]);
    });

    test("answers itself what the emulator lacks, and holds it until it is deleted", async () => {
      const absent = await send(rest("eks", "GET /clusters/edge/addons/coredns"));
      await send(rest("eks", "POST /clusters/edge/addons", { addonName: "coredns", tags: { a: "1" } }));
      expect(proxy.held()).toEqual(["eks edge coredns"]);
      const { text } = await send(rest("eks", "GET /clusters/edge/addons/coredns"));
      // EKS's own answer.
      const { addon } = JSON.parse(text) as { readonly addon: { readonly addonArn: string } };
      expect(addon).toMatchObject({ addonName: "coredns", status: "ACTIVE", tags: { a: "1" } });
      await send(rest("eks", `POST /tags/${encodeURIComponent(addon.addonArn)}`, { tags: { b: "2" } }));
      const changed = await send(rest("eks", "GET /clusters/edge/addons/coredns"));
      expect(JSON.parse(changed.text)).toMatchObject({ addon: { tags: { a: "1", b: "2" } } });
      await send(rest("eks", "DELETE /clusters/edge/addons/coredns"));
      expect({ absent: absent.status, held: proxy.held(), arrived }).toEqual({
        absent: 404,
        held: [],
        arrived: [],
      });
    });

    test("sends on what the emulator would not understand in its words", async () => {
      const Name = "arn:aws:cloudtrail:us-west-2:123456789012:trail/edge";
      await send(
        json("cloudtrail", "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.StartLogging", { Name }),
      );
      expect(arrived).toEqual([{ target: "/", body: '{"Name":"edge"}' }]);
      expect(recorded.map(({ params }) => params)).toEqual([{ Name }]);
    });

    test("corrects what the emulator forgets", async () => {
      const fields = {
        Action: "CreateDBInstance",
        DBInstanceIdentifier: "a",
        DBInstanceClass: "b",
        Engine: "c",
      };
      reply = "<CACertificateIdentifier>default</CACertificateIdentifier>";
      const asked = form("rds", "2014-10-31", { ...fields, CACertificateIdentifier: "rds-ca-rsa2048-g1" });
      const { text } = await send(asked);
      expect(text).toBe("<CACertificateIdentifier>rds-ca-rsa2048-g1</CACertificateIdentifier>");
    });

    test("is a proxy for hosts that there are not", async () => {
      const { hostname, port } = new URL(proxy.url);
      const path = "http://123456789012.127.0.0.1:80/v20180820/configuration/publicAccessBlock";
      const asked = rest("s3", `GET ${path}`);
      const headers = {
        ...asked.headers,
        "x-amz-account-id": "123456789012",
        "user-agent": userAgentOf("a", "plan"),
      };
      await new Promise((resolve) => request({ hostname, port, path, headers }, resolve).end());
      expect(arrived).toEqual([{ target: "/v20180820/configuration/publicAccessBlock", body: "" }]);
      expect(recorded[0]).toMatchObject({ service: "s3control", operation: "GetPublicAccessBlock" });
    });

    test("reads content that is signed in chunks, and passes on the chunks", async () => {
      const chunks =
        "5;chunk-signature=0\r\nfirst\r\n6;chunk-signature=0\r\nsecond\r\n0;chunk-signature=0\r\n\r\n";
      const headers = { "x-amz-content-sha256": "STREAMING-AWS4-HMAC-SHA256-PAYLOAD" };
      await send(rest("s3", "PUT /bucket/a/b.json", chunks), headers);
      expect(arrived).toEqual([{ target: "/bucket/a/b.json", body: chunks }]);
      expect(recorded[0]?.params).toMatchObject({ Bucket: "bucket", Key: "a/b.json", Body: "firstsecond" });
    });
  },
);
