// The app of cdktf.json, also of one in a folder other than the product's: "app": "node <the product's folder>/scripts/cdktf.cjs".
require("./load-typescript.cjs");
require("../main.ts").cdktfApp();
