// node static/check-i18n.mjs — the words of the interface are whole: the same keys in every language, the same values to
// fill in, a reading for every kanji of やさしい日本語, and nothing asked for by a template that is not there.
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const here = path.dirname(fileURLToPath(import.meta.url));
const read = (name) => readFileSync(path.join(here, name), "utf8");
const languages = ["ja", "ja-easy", "en"];
const texts = Object.fromEntries(languages.map((language) => [language, JSON.parse(read(`i18n/${language}.json`))]));
const furigana = JSON.parse(read("i18n/furigana.json"));
const problems = [];

const all_keys = new Set(languages.flatMap((language) => Object.keys(texts[language])));
const marks = (text) => new Set([...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]));
for (const key of all_keys) {
  for (const language of languages) {
    const text = texts[language][key];
    if (typeof text !== "string" || text.trim() === "") problems.push(`i18n/${language}.json: no text for ${key}`);
  }
  const known = marks(texts.ja[key] ?? "");
  for (const language of languages) {
    for (const mark of marks(texts[language][key] ?? "")) {
      if (!known.has(mark)) problems.push(`i18n/${language}.json: ${key} asks for {${mark}}, the Japanese text does not`);
    }
  }
}

// Longest first, as the server reads them.
const words = Object.keys(furigana).map((word) => word.replace(/^#/, "")).sort((a, b) => b.length - a.length);
for (const [key, text] of Object.entries(texts["ja-easy"])) {
  let rest = text.replace(/[一-龯々]+（[ぁ-んァ-ヶー]+）/g, "");
  for (const word of words) rest = rest.replaceAll(word, "");
  const unread = rest.match(/[一-龯々]+/g);
  if (unread) problems.push(`i18n/ja-easy.json: ${key} has kanji without a reading: ${unread.join(" ")}`);
}

for (const file of readdirSync(path.join(here, "templates"))) {
  for (const [, mark] of read(`templates/${file}`).matchAll(/\[\[@?([^\]]+)\]\]/g)) {
    if (!/^(icon|asset):/.test(mark) && !all_keys.has(mark)) problems.push(`templates/${file}: no text ${mark}`);
  }
}

for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exit(1);
console.log(`${all_keys.size} texts in ${languages.length} languages`);
