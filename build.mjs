// Builds the pages' script, style sheet and fonts from src/tillitsrom/web/assets into web/static/build.
// The same lock file gives the same bytes: nothing in the output depends on the time or the place of the build.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { inflateSync } from "node:zlib";
import * as esbuild from "esbuild";

const root = dirname(fileURLToPath(import.meta.url));
const assets = join(root, "src/tillitsrom/web/assets");
const out = join(root, "src/tillitsrom/web/static/build");
const require = createRequire(import.meta.url);

const options = {
  absWorkingDir: root,
  entryPoints: [join(assets, "app.js"), join(assets, "app.css")],
  outdir: out,
  bundle: true,
  minify: true,
  format: "iife",
  target: ["es2022", "chrome120", "firefox120", "safari17"],
  loader: { ".woff2": "file" },
  assetNames: "fonts/[name]",
  external: ["data:*"],
  legalComments: "linked",
  logLevel: "info",
};

// A woff file is an sfnt font whose tables are deflated one by one. The images of charts are drawn on the server by a
// library that reads only plain sfnt, so the tables are inflated and laid out again.
function woffToSfnt(woff) {
  const count = woff.readUInt16BE(12);
  const tables = [];
  for (let i = 0; i < count; i += 1) {
    const at = 44 + i * 20;
    const [offset, packed, size, checksum] = [4, 8, 12, 16].map((skip) => woff.readUInt32BE(at + skip));
    const raw = woff.subarray(offset, offset + packed);
    tables.push({ tag: woff.subarray(at, at + 4), checksum, data: packed < size ? inflateSync(raw) : raw });
  }
  const power = Math.floor(Math.log2(count));
  const header = Buffer.alloc(12 + 16 * count);
  woff.copy(header, 0, 4, 8);
  header.writeUInt16BE(count, 4);
  header.writeUInt16BE(2 ** power * 16, 6);
  header.writeUInt16BE(power, 8);
  header.writeUInt16BE((count - 2 ** power) * 16, 10);
  const body = [];
  let position = header.length;
  tables.forEach(({ tag, checksum, data }, i) => {
    const at = 12 + i * 16;
    tag.copy(header, at);
    header.writeUInt32BE(checksum, at + 4);
    header.writeUInt32BE(position, at + 8);
    header.writeUInt32BE(data.length, at + 12);
    const padding = Buffer.alloc((4 - (data.length % 4)) % 4);
    body.push(data, padding);
    position += data.length + padding.length;
  });
  return Buffer.concat([header, ...body]);
}

function writeChartFonts() {
  const folder = dirname(require.resolve("@fontsource/inter/package.json"));
  for (const weight of ["400", "600"]) {
    const woff = readFileSync(join(folder, "files", `inter-latin-${weight}-normal.woff`));
    writeFileSync(join(out, "fonts", `inter-${weight}.ttf`), woffToSfnt(woff));
  }
}

rmSync(out, { recursive: true, force: true });
mkdirSync(join(out, "fonts"), { recursive: true });
writeChartFonts();
if (process.argv.includes("--watch")) {
  await (await esbuild.context(options)).watch();
} else {
  await esbuild.build(options);
}
