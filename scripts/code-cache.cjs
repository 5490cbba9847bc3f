// Keeps what V8 compiles of a program's files, which takes a sixth of the time in which a command starts. Node does so by itself from
// version 22.1; below, this does.
const { Buffer } = require("node:buffer");
const {
  mkdirSync,
  openSync,
  closeSync,
  fstatSync,
  fsyncSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} = require("node:fs");
const Module = require("node:module");
const { basename, dirname, join } = require("node:path");
const process = require("node:process");
const { Script } = require("node:vm");

/**
 * From here on, files that have not changed are taken as an earlier run of the same program has compiled them, which `folder` keeps.
 * `compilers` are the files that decide what is compiled from a source.
 */
exports.keepCompiled = (folder, compilers) => {
  const name = programName();
  if (name === undefined) return;
  if (Module.enableCompileCache === undefined)
    keepIn(join(folder, `${name}.v8`), compilers.map(versionOf).join());
  else Module.enableCompileCache(folder);
};

/** Undefined for a program that is none of ours, such as that of the tests. */
function programName() {
  const [first = "", second = ""] = process.argv.slice(1).map((path) => basename(path));
  const name = /^(ts-node|bin\.js)$/.test(first) ? second : first;
  return /(\.ts|\.cjs|^provision)$/.test(name) ? name : undefined;
}

function keepIn(file, compilers) {
  const kept = read(file, compilers);
  const loaded = new Map();
  let isNew = false;
  const { _compile: compile } = Module.prototype;
  Module.prototype._compile = function (content, filename) {
    // Only Node's own way knows where these are to be found.
    if (/\bimport\s*\(/.test(content)) return compile.call(this, content, filename);
    const version = versionOf(filename);
    const entry = kept.get(filename);
    // V8 compares no more of the source than its length.
    const cachedData = entry?.version === version ? entry.read() : undefined;
    const script = new Script(Module.wrap(content.replace(/^#!.*/, "")), { filename, cachedData });
    loaded.set(filename, { version, script });
    isNew ||= script.cachedDataRejected !== false;
    const { exports: own } = this;
    return script.runInThisContext().call(own, own, requireOf(this), this, filename, dirname(filename));
  };
  process.on("exit", () => {
    if (!isNew) return;
    // Those of other commands; what has changed or is gone is of no use.
    const current = [...kept].filter(([filename, { version }]) => versionOf(filename) === version);
    write(file, compilers, new Map([...current, ...loaded]));
  });
}

/** Changes with a file, also where its times are those of a package. */
function versionOf(path) {
  const { size, mtimeMs, ctimeMs } = statSync(path, { throwIfNoEntry: false }) ?? {};
  return `${size} ${mtimeMs} ${ctimeMs}`;
}

/** As Node makes it for a file. */
function requireOf(module) {
  const require = (id) => module.require(id);
  require.resolve = (request, options) => Module._resolveFilename(request, module, false, options);
  require.resolve.paths = (request) => Module._resolveLookupPaths(request, module);
  return Object.assign(require, {
    main: process.mainModule,
    extensions: Module._extensions,
    cache: Module._cache,
  });
}

/** What a file keeps: the length of an index, the index, and then the data of its entries, in their order. */
function read(file, compilers) {
  try {
    const handle = openSync(file);
    const bytesAt = (from, length) => {
      const bytes = Buffer.alloc(length);
      readSync(handle, bytes, { position: from });
      return bytes;
    };
    let from = 4 + bytesAt(0, 4).readUInt32LE();
    const index = JSON.parse(bytesAt(4, from - 4).toString());
    if (index.compilers !== compilers || fstatSync(handle).size !== from + index.length) return new Map();
    return new Map(
      index.files.map(([filename, version, length]) => {
        const start = from;
        from += length;
        return [filename, { version, read: () => bytesAt(start, length) }];
      }),
    );
  } catch {
    // Nothing is kept yet.
    return new Map();
  }
}

function write(file, compilers, entries) {
  const written = `${file}.${process.pid}`;
  let handle;
  try {
    mkdirSync(dirname(file), { recursive: true });
    handle = openSync(written, "w");
  } catch {
    // In a folder that is read-only nothing is kept.
    return;
  }
  try {
    writeFileSync(handle, contentOf(compilers, entries));
    // V8 takes damaged data for sound.
    fsyncSync(handle);
    closeSync(handle);
    renameSync(written, file);
  } catch {
    // Neither is anything on a full disk.
    rmSync(written, { force: true });
  }
}

function contentOf(compilers, entries) {
  const files = [];
  const parts = [];
  for (const [filename, { version, script, read }] of entries) {
    const data = script?.createCachedData() ?? read();
    files.push([filename, version, data.length]);
    parts.push(data);
  }
  const data = Buffer.concat(parts);
  const index = Buffer.from(JSON.stringify({ compilers, length: data.length, files }));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(index.length);
  return Buffer.concat([length, index, data]);
}
