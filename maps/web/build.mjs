// Bundles each page's modules and styles into one script and one stylesheet in maps/dist, which Python puts into the page.
// With --check nothing is written: it fails where maps/dist is not what would be written.
import { readFile, writeFile } from "node:fs/promises";
import { basename } from "node:path";
import { build } from "esbuild";

const pages = ["compare", "diffusion", "report"];

const { outputFiles } = await build({
  entryPoints: pages.flatMap((page) => [
    { in: `${page}/index.js`, out: page },
    { in: `css/${page}.css`, out: page },
  ]),
  outdir: "../dist",
  bundle: true,
  format: "iife",
  charset: "utf8",
  target: ["chrome103", "firefox113", "safari16.4"],
  legalComments: "inline",
  logLevel: "warning",
  write: false,
});

const stale = [];
for (const { path, text } of outputFiles) {
  if ((await readFile(path, "utf8").catch(() => null)) === text) continue;
  if (process.argv.includes("--check")) stale.push(basename(path));
  else await writeFile(path, text);
}
if (stale.length) {
  console.error(`maps/dist is not what maps/web makes (${stale.join(", ")}): run \`make pages\` and commit it`);
  process.exit(1);
}
