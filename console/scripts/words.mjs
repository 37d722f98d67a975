// Both languages have the same words, none is empty, and every word that the code names by a literal exists.
import { globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";

const SRC = join(import.meta.dirname, "..", "src");
const LANGUAGES = ["en", "zh-CN"];
const PLURALS = /_(zero|one|two|few|many|other)$/;
const SAME = new Set(["Tandem", "Ctrl K", "Ctrl "]); // names that are the same in both languages
const faults = [];

const flat = (node, path = "") =>
  Object.entries(node).flatMap(([key, value]) => (typeof value === "object" ? flat(value, `${path}${key}.`) : [[path + key, value]]));

const words = Object.fromEntries(
  LANGUAGES.map((language) => [
    language,
    Object.fromEntries(
      globSync(join(SRC, "words", language, "*.json")).map((file) => [basename(file, ".json"), new Map(flat(JSON.parse(readFileSync(file, "utf8"))))]),
    ),
  ]),
);
const stems = (found) => new Set([...(found?.keys() ?? [])].map((key) => key.replace(PLURALS, "")));
const slots = (text) => [...text.matchAll(/\{\{\s*(\w+)/g)].map(([, name]) => name);

for (const language of LANGUAGES) {
  for (const other of LANGUAGES.filter((one) => one !== language)) {
    for (const [space, found] of Object.entries(words[language])) {
      const theirs = stems(words[other][space]);
      for (const key of stems(found)) if (!theirs.has(key)) faults.push(`${other}/${space}.json lacks "${key}"`);
    }
  }
  for (const [space, found] of Object.entries(words[language])) {
    for (const [key, text] of found) {
      if (typeof text !== "string" || text.trim() === "") faults.push(`${language}/${space}.json: "${key}" is empty`);
      else if (language === "en" && /[\u4e00-\u9fff]/.test(text) && !["other_language", "palette.language", "letter.in_chinese"].includes(key)) faults.push(`en/${space}.json: "${key}" holds Chinese`);
      else if (language === "zh-CN" && /[A-Za-z]{4,}/.test(text.replaceAll(/\{\{.*?\}\}/g, "")) && !/[\u4e00-\u9fff]/.test(text) && words.en[space]?.get(key) === text && !SAME.has(text)) {
        faults.push(`zh-CN/${space}.json: "${key}" is not translated`);
      }
    }
  }
  // What is filled in must be the same in both, or a number goes missing in one language.
  for (const [space, found] of Object.entries(words.en)) {
    if (language === "en") continue;
    for (const [key, text] of words[language][space] ?? []) {
      const theirs = found.get(key);
      if (theirs !== undefined && slots(theirs).sort().join() !== slots(text).sort().join()) faults.push(`${space}.json: "${key}" is filled in otherwise in ${language}`);
    }
  }
}

for (const file of globSync(join(SRC, "**", "*.tsx"))) {
  const text = readFileSync(file, "utf8").replaceAll(/\/\*[\s\S]*?\*\//g, "").replaceAll(/(^|\s)\/\/.*$/gm, "");
  const name = file.slice(SRC.length + 1);
  if (/[\u4e00-\u9fff]/.test(text)) faults.push(`${name}: Chinese text in the code`);
  for (const [, attribute, said] of text.matchAll(/\s(aria-label|title|label|placeholder|alt|description|hint|lead)="([^"]*[A-Za-z]{2,}[^"]*)"/g)) {
    faults.push(`${name}: ${attribute}="${said}" is text in the code`);
  }
  const spaces = [...text.matchAll(/useTranslation\(\[?"([\w-]+)"/g)].map(([, space]) => space);
  if (spaces.length === 0) continue;
  for (const [, key] of text.matchAll(/\bt\("([\w.:-]+)"/g)) {
    const [space, rest] = key.includes(":") ? key.split(":") : [null, key];
    const known = (space ? [space] : spaces).some((one) => stems(words.en[one]).has(rest));
    if (!known) faults.push(`${name}: no word "${key}" in ${spaces.join(", ")}`);
  }
}

if (faults.length > 0) {
  console.error(faults.join("\n"));
  process.exit(1);
}
