// Builds what the pages gain with scripts into src/serve/pages/built; `--check` says whether the committed files are what
// comes out. Versions are pinned by package-lock.json, so the same sources give the same bytes.
import { build } from "esbuild";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, "../src/serve/pages/built");
const { outputFiles, metafile } = await build({
  absWorkingDir: here,
  entryPoints: ["src/editor.js", "src/explore.js"],
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2022",
  charset: "ascii",
  legalComments: "none",
  metafile: true,
  write: false,
  outdir: out,
});

// The licence of every package of which something is in the files.
const packages = new Set();
for (const output of Object.values(metafile.outputs)) {
  for (const [input, { bytesInOutput }] of Object.entries(output.inputs)) {
    const found = /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input);
    if (found && bytesInOutput > 0) packages.add(found[1]);
  }
}
let licences = "The scripts of the pages contain these packages of npm, unchanged but made small.\n";
for (const name of [...packages].sort()) {
  const folder = join(here, "node_modules", name);
  const { version, license } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  const text = await readFile(join(folder, "LICENSE"), "utf8");
  licences += `\n${"=".repeat(20)} ${name} ${version} (${license})\n\n${text.replace(/\r/g, "").trim()}\n`;
}

const files = outputFiles.map(({ path, text }) => [path, text.trimEnd() + "\n"]);
files.push([join(out, "LICENCES.txt"), licences]);
if (process.argv.includes("--check")) {
  const other = [];
  for (const [path, text] of files) {
    if ((await readFile(path, "utf8").catch(() => "")) !== text) other.push(path);
  }
  if (other.length) {
    console.log(`these files are not what web/ builds: ${other.join(", ")}; run npm ci && npm run build in web/`);
    process.exit(1);
  }
  console.log(`web: ${files.length} files are what web/ builds`);
} else {
  await mkdir(out, { recursive: true });
  for (const [path, text] of files) await writeFile(path, text);
  console.log(files.map(([path, text]) => `${path.slice(out.length + 1)} ${text.length}`).join(", "));
}
