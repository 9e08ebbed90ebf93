// Bundles the page into dist/, which is committed, with the licences of what is bundled. The same versions
// (package-lock.json) give the same bytes: `node build.mjs --check` fails if dist/ is not up to date.

import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { build } from "esbuild";

const common = { bundle: true, minify: true, write: false, charset: "utf8", legalComments: "none", target: "es2022" };
const script = await build({ ...common, entryPoints: ["src/app.js"], format: "esm", metafile: true });
const style = await build({ ...common, entryPoints: ["src/app.css"] });

const packages = new Set();
for (const input of Object.keys(script.metafile.inputs)) {
  const name = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input)?.[1];
  if (name) packages.add(name);
}
const licences = [...packages].sort().map((name) => {
  const folder = `node_modules/${name}`;
  const { version, license } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
  if (license !== "MIT") throw new Error(`${name}: licence ${license} was not considered yet`);
  const file = readdirSync(folder).find((file) => /^licen[cs]e/i.test(file));
  if (!file) throw new Error(`${name} has no licence text`);
  return `${name} ${version} (${license})\n\n${readFileSync(`${folder}/${file}`, "utf8").trim()}\n`;
});

const files = {
  "dist/app.js": script.outputFiles[0].text,
  "dist/app.css": style.outputFiles[0].text,
  "dist/licences.txt": licences.join(`\n${"-".repeat(80)}\n\n`),
};
const old = Object.entries(files).filter(([path, text]) => readFileSync(path, "utf8") !== text).map(([path]) => path);
if (process.argv.includes("--check")) {
  if (old.length) throw new Error(`${old.join(", ")}: not up to date; run npm run build`);
} else {
  for (const [path, text] of Object.entries(files)) writeFileSync(path, text);
}
