// Makes src/api/schema.d.ts from the OpenAPI document of this checkout. With --check: fails when it is out of date.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import openapi, { astToString } from "openapi-typescript";

const ROOT = join(import.meta.dirname, "..", "..");
const PLACE = join(import.meta.dirname, "..", "src", "api", "schema.d.ts");
const own = join(ROOT, ".venv", "bin", "python");
const python = process.env.PYTHON ?? (existsSync(own) ? own : "python3");

const text = execFileSync(python, ["-m", "tandem.faces.api.contract"], { cwd: ROOT, maxBuffer: 64 << 20, encoding: "utf8" });
const made = `// Made by \`npm run api\` from our OpenAPI document. Do not edit.\n${astToString(await openapi(JSON.parse(text), { alphabetize: true }))}`;

if (process.argv.includes("--check")) {
  if (!existsSync(PLACE) || readFileSync(PLACE, "utf8") !== made) {
    console.error("console/src/api/schema.d.ts is out of date: run `npm run api` in console/");
    process.exit(1);
  }
} else {
  writeFileSync(PLACE, made);
}
