// The app of a cdktf.json in a folder other than the product's: "app": "node <the product's folder>/scripts/cdktf.cjs".
require("ts-node").register({ project: require.resolve("../tsconfig.json") });
require("../main.ts").cdktfApp();
