import { createServer, type IncomingMessage } from "node:http";
import { type AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { http } from "../../scripts/provision/world/http-requests";

const environment = {};
let url: string;
/** Of the requests whose body came to its end. */
const received: { readonly path: string; readonly body: string; readonly length: string | undefined }[] = [];

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

const server = createServer((request, response) => {
  read(request).then(
    (body) => {
      received.push({ path: request.url ?? "", body, length: request.headers["content-length"] });
      response.writeHead(307, { location: "/elsewhere", "x-echo": request.headers["x-sent"] ?? "" });
      response.end("moved");
    },
    () => response.destroy(),
  );
});

beforeAll(async () => {
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  // A TCP server's address is an object.
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

describe("a request", () => {
  test("sends a body piece by piece, and follows no redirect", async () => {
    const chunks = [Buffer.from("one "), Buffer.from("two")];
    const request = {
      method: "PUT",
      url: `${url}/a?b=c%2Fd`,
      headers: { "x-sent": "yes" },
      environment,
    } as const;
    const answer = await http.send({ ...request, body: { length: 7, chunks } });
    expect(answer).toMatchObject({ status: 307, headers: { location: "/elsewhere", "x-echo": "yes" } });
    expect(answer.body.toString()).toBe("moved");
    expect(received.at(-1)).toEqual({ path: "/a?b=c%2Fd", body: "one two", length: "7" });
  });

  test("without a body says so", async () => {
    await http.send({ method: "POST", url: `${url}/empty`, headers: {}, environment });
    expect(received.at(-1)).toEqual({ path: "/empty", body: "", length: "0" });
  });

  test("ends with what its body throws, and the server does not take it for whole", async () => {
    const before = received.length;
    const broken = {
      *[Symbol.iterator]() {
        yield Buffer.alloc(100_000);
        throw new Error("the file became shorter");
      },
    };
    const sent = http.send({
      ...({ method: "PUT", url, headers: {}, environment } as const),
      body: { length: 200_000, chunks: broken },
    });
    await expect(sent).rejects.toThrow("the file became shorter");
    expect(received.length).toBe(before);
  });

  test("to a server that is not there is rejected", async () => {
    const nowhere = { method: "GET", url: "http://127.0.0.1:1/", headers: {}, environment } as const;
    await expect(http.send(nowhere)).rejects.toMatchObject({ code: "ECONNREFUSED" });
  });
});
