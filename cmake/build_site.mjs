// Builds the browser part: node build_site.mjs <source tree> <output folder>
//
//   static/scripts/NAME.ts   -> scripts/NAME.js, bundled and minified ES modules; what they share: scripts/shared-HASH.js
//   static/** (the rest)     -> the same place, byte for byte
//   maplibre-gl              -> styles/maplibre-gl.css and scripts/maplibre-gl-worker.mjs
//
// MapLibre 6 starts its worker from `maplibre-gl-worker.mjs` beside the module that holds the library's code
// (import.meta.url). Bundled code lies in scripts/, so a copy of the worker there is found without setWorkerUrl. It is a
// module worker of our own origin and needs no blob: `worker-src 'self'` is enough, if .mjs is served as
// text/javascript. (Tried: default-src 'none'; script-src, style-src, worker-src, connect-src 'self'; img-src 'self'
// data:.)
import { cp, mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [source, output] = process.argv.slice(2);
const from = path.join(source, "static");
const scripts = path.join(from, "scripts");
const modules = path.join(source, "node_modules");

// For people and tools, not for browsers.
const kept_back = (file) => /(\.mjs|\.ts|tsconfig\.json|\.md)$/.test(file) || path.basename(file).startsWith(".");

await rm(output, { recursive: true, force: true });
await mkdir(output, { recursive: true });
await cp(from, output, { recursive: true, filter: (file) => file !== scripts && !kept_back(file) });

const entries = existsSync(scripts)
  ? (await readdir(scripts)).filter((name) => name.endsWith(".ts") && !name.endsWith(".d.ts")).sort()
  : [];
if (entries.length > 0) {
  if (!existsSync(path.join(modules, "esbuild"))) {
    console.error("The npm packages are not installed: run ./dev setup (or npm ci).");
    process.exit(1);
  }
  const { build } = await import(pathToFileURL(path.join(modules, "esbuild/lib/main.js")));
  const { metafile } = await build({
    absWorkingDir: source,
    entryPoints: entries.map((name) => path.join(scripts, name)),
    outdir: path.join(output, "scripts"),
    bundle: true,
    splitting: true,
    format: "esm",
    target: "es2022",
    minify: true,
    charset: "utf8",
    chunkNames: "shared-[hash]",
    legalComments: "eof",
    logLevel: "warning",
    metafile: true,
  });

  if (Object.keys(metafile.inputs).some((name) => name.includes("node_modules/maplibre-gl/"))) {
    const dist = path.join(modules, "maplibre-gl/dist");
    await mkdir(path.join(output, "styles"), { recursive: true });
    await cp(path.join(dist, "maplibre-gl.css"), path.join(output, "styles/maplibre-gl.css"));
    // The map to the worker's source is not shipped; without the pointer no browser asks for it.
    const worker = await readFile(path.join(dist, "maplibre-gl-worker.mjs"), "utf8");
    await writeFile(path.join(output, "scripts/maplibre-gl-worker.mjs"), worker.replace(/\n\/\/# sourceMappingURL=.*\s*$/, "\n"));
  }
}
