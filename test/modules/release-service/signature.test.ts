import { expect, test } from "vitest";
import { presignedUrl, signedHeaders } from "../../../modules/release-service/lambda/signature";

const signer = {
  accessKeyId: "AKIAIOSFODNN7EXAMPLE",
  secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
  sessionToken: undefined,
  region: "us-east-1",
  now: new Date("2013-05-24T00:00:00Z"),
};

// https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
test("presigns the URL of the AWS documentation's example", () => {
  const request = { method: "GET", host: "examplebucket.s3.amazonaws.com", path: "/test.txt", service: "s3" };
  expect(presignedUrl(signer, request, 86_400)).toMatch(
    /X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404$/,
  );
});

// The case "post-vanilla" of AWS's test suite for Signature Version 4.
test("signs the headers of the AWS test suite's example", () => {
  const suite = {
    ...signer,
    accessKeyId: "AKIDEXAMPLE",
    secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
    now: new Date("2015-08-30T12:36:00Z"),
  };
  const request = { method: "POST", host: "example.amazonaws.com", path: "/", service: "service" };
  expect(signedHeaders(suite, { ...request, headers: {}, body: "" })["authorization"]).toBe(
    "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=host;x-amz-date, Signature=5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b",
  );
});

test("includes the session token of temporary credentials", () => {
  const request = { method: "GET", host: "b.s3.amazonaws.com", path: "/a", service: "s3" };
  const url = new URL(presignedUrl({ ...signer, sessionToken: "a/b+c" }, request, 300));
  expect(url.searchParams.get("X-Amz-Security-Token")).toBe("a/b+c");
});
