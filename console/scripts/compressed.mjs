// Beside each built text file the same in Brotli and gzip, so that the server compresses nothing while it decides.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const WORTH_BYTES = 600;

/** @returns {import("vite").Plugin} */
export function compressed() {
  let folder = "";
  return {
    name: "compressed",
    apply: "build",
    configResolved(config) {
      folder = join(config.root, config.build.outDir);
    },
    closeBundle() {
      for (const place of [folder, join(folder, "assets")]) {
        for (const name of readdirSync(place).filter((one) => /\.(js|css|svg)$/.test(one))) {
          const content = readFileSync(join(place, name));
          if (content.length < WORTH_BYTES) continue;
          writeFileSync(join(place, `${name}.gz`), gzipSync(content, { level: 9 }));
          writeFileSync(join(place, `${name}.br`), brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: content.length } }));
        }
      }
    },
  };
}
