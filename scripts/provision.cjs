#!/usr/bin/env node
// The `provision` command of package.json: scripts/provision.ts in this process, so that signals and exit codes are its own.
// What the operator's files are relative to stays the current folder.
require("./load-typescript.cjs");
require("./provision.ts");
