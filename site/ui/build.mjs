/**
 * Makes what the browser gets, in site/ui/static/ui/dist/: parknett.css and parknett.js (every
 * page), map.css and map.js (pages with a map), writing.js (pages where one writes in the forum),
 * icons.svg (the icons named in icons.json).
 * Run it with `npm run build`; `npm run build -- --quiet` prints nothing but errors.
 */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..", "..");
const cache = join(root, "node_modules", ".cache", "parknett");
const dist = join(here, "static", "ui", "dist");
const quiet = process.argv.includes("--quiet");
const packages = createRequire(import.meta.url);

/** Keeps the dark colours from paper: wraps their layer in a media rule. */
function onScreenOnly(css) {
  const start = css.indexOf("@layer ds.theme.color-scheme.dark {");
  let depth = 0;
  let end = css.indexOf("{", start);
  do {
    if (css[end] === "{") depth += 1;
    if (css[end] === "}") depth -= 1;
    end += 1;
  } while (depth > 0);
  return `${css.slice(0, start)}@media screen {\n${css.slice(start, end)}\n}${css.slice(end)}`;
}

/** The theme's custom properties, made anew only when its configuration or its tool changes. */
function makeTheme() {
  const config = join(root, "designsystemet.config.json");
  const tool = join(root, "node_modules", "@digdir", "designsystemet");
  const state = createHash("sha256")
    .update(readFileSync(config))
    .update(readFileSync(join(tool, "package.json")))
    .update(onScreenOnly.toString())
    .digest("hex");
  const theme = join(cache, "theme", "parknett.css");
  const stamp = join(cache, "theme.sha256");
  if (existsSync(theme) && existsSync(stamp) && readFileSync(stamp, "utf8") === state) return theme;
  mkdirSync(cache, { recursive: true });
  const { bin } = JSON.parse(readFileSync(join(tool, "package.json"), "utf8"));
  const command = join(tool, typeof bin === "string" ? bin : bin.designsystemet);
  const run = (...options) =>
    execFileSync(process.execPath, [command, "tokens", ...options, "--config", config], {
      cwd: root,
      stdio: ["ignore", "ignore", "inherit"],
    });
  run("create", "--clean");
  run("build", "--clean", "-t", join(cache, "tokens"), "-o", join(cache, "theme"));
  writeFileSync(theme, onScreenOnly(readFileSync(theme, "utf8")));
  writeFileSync(stamp, state);
  return theme;
}

/** One symbol per icon; `mark` is our own. */
function makeSprite() {
  const names = JSON.parse(readFileSync(join(here, "icons.json"), "utf8"));
  const folder = join(dirname(packages.resolve("@navikt/aksel-icons/package.json")), "dist", "svg");
  const symbol = (name, svg) => {
    const viewBox = /viewBox="([^"]+)"/.exec(svg)[1];
    const shapes = svg.replace(/^[\s\S]*?<svg[^>]*>/, "").replace(/<\/svg>\s*$/, "");
    // A hundredth of a unit is a thousandth of the icon's height: more digits show nowhere.
    const rounded = shapes.replace(/\d*\.\d{3,}/g, (digits) => String(+(+digits).toFixed(2)));
    return `<symbol id="${name}" viewBox="${viewBox}">${rounded.replace(/>\s+</g, "><").trim()}</symbol>`;
  };
  const icons = Object.entries(names).map(([name, file]) =>
    symbol(name, readFileSync(join(folder, `${file}.svg`), "utf8")),
  );
  const mark = symbol("mark", readFileSync(join(here, "art", "mark.svg"), "utf8"));
  const sprite = `<svg xmlns="http://www.w3.org/2000/svg">${[mark, ...icons].join("")}</svg>\n`;
  writeFileSync(join(dist, "icons.svg"), sprite);
}

async function makeBundles(theme) {
  await build({
    entryPoints: {
      parknett: join(here, "css", "parknett.css"),
      map: join(here, "css", "map.css"),
    },
    alias: { "parknett-theme": theme },
    outdir: dist,
    bundle: true,
    minify: true,
    legalComments: "none",
    target: ["chrome120", "firefox121", "safari17.2"],
    loader: { ".svg": "dataurl", ".png": "empty" },
    logLevel: "warning",
  });
  await build({
    entryPoints: {
      parknett: join(here, "js", "parknett.js"),
      map: join(here, "js", "map.js"),
      writing: join(here, "js", "writing.js"),
    },
    outdir: dist,
    bundle: true,
    minify: true,
    format: "iife",
    legalComments: "none",
    target: ["chrome120", "firefox121", "safari17.2"],
    logLevel: "warning",
  });
}

function report() {
  for (const name of ["parknett.css", "parknett.js", "icons.svg", "map.css", "map.js", "writing.js"]) {
    const file = join(dist, name);
    const compressed = brotliCompressSync(readFileSync(file)).length;
    console.log(`${name.padEnd(14)} ${statSync(file).size} bytes, ${compressed} with brotli`);
  }
}

rmSync(dist, { recursive: true, force: true });
mkdirSync(dist, { recursive: true });
const theme = makeTheme();
makeSprite();
await makeBundles(theme);
if (!quiet) report();
