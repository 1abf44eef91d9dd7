// Owns what of the built page is kept: `static/`, as it is committed and served.
//
// Files whose name carries a hash of their content are kept as brotli and gzip alone, since every browser takes one of
// them and the program that carries them is to be small. The rest is kept as it is.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";
import { gzipSync } from "fflate";

const root = fileURLToPath(new URL("..", import.meta.url));
const built = join(root, "dist");
const kept = join(root, "..", "static");

rmSync(kept, { recursive: true, force: true });
for (const name of readdirSync(built, { recursive: true, encoding: "utf8" }).sort()) {
  if (!/\.\w+$/.test(name)) continue; // a directory
  const content = readFileSync(join(built, name));
  if (dirname(name) === "assets") {
    keep(`${name}.br`, brotli(content));
    // Not zlib's: what that makes depends on the processor.
    keep(`${name}.gz`, gzipSync(content, { level: 9, mtime: 0 }));
  } else keep(name, content);
}

function keep(name: string, content: Uint8Array): void {
  const path = join(kept, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}

function brotli(content: Uint8Array): Uint8Array {
  return brotliCompressSync(content, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
      [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
    },
  });
}
