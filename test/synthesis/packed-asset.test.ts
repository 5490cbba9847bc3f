import "../../lib/layer/without-archiver";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, AssetType, TerraformAsset, TerraformStack } from "cdktf";
import { expect, test } from "vitest";

test("cdktf packs an asset of a layer, although its packer is not loaded with it", () => {
  const scratch = mkdtempSync(join(tmpdir(), "asset-"));
  try {
    mkdirSync(join(scratch, "code"));
    writeFileSync(join(scratch, "code/handler.js"), "exports.handler = () => undefined;\n");
    const app = new App({ outdir: join(scratch, "out") });
    const stack = new TerraformStack(app, "stack");
    new TerraformAsset(stack, "code", { path: join(scratch, "code"), type: AssetType.ARCHIVE });
    app.synth();
    const archive = readdirSync(join(scratch, "out"), { recursive: true, encoding: "utf8" }).find((file) =>
      file.endsWith(".zip"),
    );
    expect(
      readFileSync(join(scratch, "out", archive ?? ""))
        .subarray(0, 2)
        .toString(),
    ).toBe("PK");
  } finally {
    rmSync(scratch, { recursive: true });
  }
});
