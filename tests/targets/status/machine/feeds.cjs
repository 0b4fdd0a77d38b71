// Reads feeds with the npm package `feedsmith` and prints what it got.  node feeds.cjs FOLDER_OF_NODE_MODULES FILE…
const [modules, ...files] = process.argv.slice(2);
const { readFileSync } = require("node:fs");
const { parseFeed } = require(`${modules}/feedsmith`);

process.stdout.write(JSON.stringify(files.map((file) => parseFeed(readFileSync(file, "utf8")))));
