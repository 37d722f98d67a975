// One file for a page: dist/tandem-device.js, with the licences of what is in it.
import { build } from "esbuild";

const { metafile } = await build({
  entryPoints: ["src/tandem-device.js"],
  outfile: process.argv[2] ?? "dist/tandem-device.js",
  bundle: true,
  minify: true,
  metafile: true,
  format: "iife",
  globalName: "TandemDevice",
  target: ["es2020"],
  charset: "utf8",
  legalComments: "inline",
  banner: { js: "/*! tandem-device 0.1.0 (Apache-2.0), with @fingerprintjs/fingerprintjs 5.2.0 (MIT) */" },
});
for (const [file, { bytes }] of Object.entries(metafile.outputs)) console.log(`${file}: ${bytes} bytes`);
