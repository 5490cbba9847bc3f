// cdktf loads `archiver`, and with it 60 packages: a twentieth of the time of a synthesis. What packs an asset is a process
// of its own (cdktf/lib/private/fs.js, `archiveSync`), which loads it again; in this process it is never called.
const path = require.resolve("archiver", { paths: [require.resolve("cdktf")] });
require.cache[path] ??= { ...module, id: path, filename: path, exports: {}, loaded: true };
