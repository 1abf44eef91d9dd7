// Owns what is said of the packages whose code is in the built page: `release/page-components.json`, which the release
// takes its notices from, since it is made without JavaScript tools.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Plugin, Rolldown } from "vite";

const root = fileURLToPath(new URL("..", import.meta.url));
const told = join(root, "..", "release", "page-components.json");

type Described = { version: string; license: string; homepage?: string; repository: { url: string } };

export function tellComponents(): Plugin {
  return {
    name: "tell-components",
    writeBundle(_options, bundle) {
      const lock = readFileSync(join(root, "bun.lock"), "utf8");
      const names = new Set(Object.values(bundle).flatMap(packagesOf));
      const components = [...names].sort().map((name) => component(name, lock));
      writeFileSync(told, `${JSON.stringify(components, null, 2)}\n`);
    },
  };
}

function packagesOf(part: Rolldown.OutputAsset | Rolldown.OutputChunk): string[] {
  if (part.type === "asset") {
    // Tailwind CSS has no modules. Its mark stays in the style sheet: /*! tailwindcss v4.3.5 | MIT License
    return [...String(part.source).matchAll(/\/\*! (\S+) v\S+ \|/g)].flatMap(([, name]) => name ?? []);
  }
  // The bundlers' own helpers are called "\0vite/preload-helper.js".
  return Object.keys(part.modules).flatMap(
    (id) => id.match(/(?:.*\/node_modules\/|^\0)((?:@[^/]+\/)?[^/]+)/)?.[1] ?? [],
  );
}

function component(name: string, lock: string) {
  const folder = join(root, "node_modules", name);
  const { version, license, homepage, repository }: Described = JSON.parse(read(join(folder, "package.json")));
  const integrity = lock.match(new RegExp(`"${name}": \\["${name}@${version}".*"sha512-(\\S+)"\\]`))?.[1];
  const texts = licences(folder);
  if (!integrity || !texts.length) throw new Error(`${name} has no licence text, or is not as locked.`);
  return {
    name,
    version,
    licence: license,
    home: homepage ?? repository.url.replace(/^git\+/, "").replace(/\.git$/, ""),
    purl: `pkg:npm/${name.replace("@", "%40")}@${version}`,
    texts,
    hashes: { "SHA-512": Buffer.from(integrity, "base64").toString("hex") },
  };
}

function licences(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => /^(licen[cs]e|notice|copying)/i.test(name))
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? licences(path) : ownPart(read(path));
    });
}

/** Vite's licence goes on with those of what it is made of, none of which gets into a page. */
function ownPart(text: string): string {
  return text.replace(/# Licenses of bundled dependencies.*/s, "");
}

function read(path: string): string {
  return readFileSync(path, "utf8").replaceAll("\r\n", "\n");
}
