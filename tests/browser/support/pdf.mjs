// The words of a PDF as Chromium prints one, page by page: enough of ISO 32000 for its own files, so that a test reads
// what a printer is given and not what a page would have liked to print.
import { inflateSync } from "node:zlib";

/** Some ways to write one thing are one thing on paper: blanks go, and the two wave dashes have one glyph. */
export const on_paper = (text) => text.normalize("NFKC").replace(/\s+/g, "").replaceAll("〜", "~");

function objects_of(bytes) {
  const text = bytes.toString("latin1");
  const objects = new Map();
  for (const match of text.matchAll(/(?:^|\n)(\d+) 0 obj\s/g)) {
    const start = match.index + match[0].length;
    const stream = /stream\r?\n/g;
    stream.lastIndex = start;
    const end_object = text.indexOf("endobj", start);
    const begins = stream.exec(text);
    if (begins === null || begins.index > end_object) {
      objects.set(Number(match[1]), { head: text.slice(start, end_object) });
      continue;
    }
    const head = text.slice(start, begins.index);
    const from = begins.index + begins[0].length;
    const length = Number(head.match(/\/Length (\d+)(?! 0 R)/)?.[1] ?? Number.NaN);
    const data = bytes.subarray(from, Number.isNaN(length) ? text.indexOf("endstream", from) : from + length);
    objects.set(Number(match[1]), { head, data: head.includes("/FlateDecode") ? inflateSync(data) : data });
  }
  return objects;
}

const utf16 = (hex) => String.fromCharCode(...(hex.match(/.{4}/g) ?? []).map((unit) => Number.parseInt(unit, 16)));

/** Glyph to text, from a ToUnicode map (9.10.3), and how many hexadecimal digits a glyph has: letters that were made bold have two. */
function glyphs_of(map) {
  const glyphs = new Map();
  glyphs.digits = map.match(/begincodespacerange\s*<([0-9a-fA-F]+)>/)?.[1].length ?? 4;
  for (const [, block] of map.matchAll(/beginbfchar(.*?)endbfchar/gs)) {
    for (const [, glyph, text] of block.matchAll(/<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>/g)) glyphs.set(Number.parseInt(glyph, 16), utf16(text));
  }
  for (const [, block] of map.matchAll(/beginbfrange(.*?)endbfrange/gs)) {
    for (const [, from, to, rest] of block.matchAll(/<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>\s*(<[0-9a-fA-F]+>|\[[^\]]*\])/g)) {
      const first = Number.parseInt(from, 16);
      const texts = [...rest.matchAll(/<([0-9a-fA-F]+)>/g)].map(([, hex]) => hex);
      for (let glyph = first; glyph <= Number.parseInt(to, 16); ++glyph) {
        const text = rest.startsWith("[") ? utf16(texts[glyph - first]) : utf16(texts[0].slice(0, -4)) + String.fromCharCode(Number.parseInt(texts[0].slice(-4), 16) + glyph - first);
        glyphs.set(glyph, text);
      }
    }
  }
  return glyphs;
}

/** \returns for each page its size in points and its words as on_paper() has them, in the order they were drawn: those of the margins first */
export function pages_of(bytes) {
  const objects = objects_of(bytes);
  const reference = (head, name) => objects.get(Number(head.match(new RegExp(`/${name}\\s+(\\d+) 0 R`))?.[1]));
  const fonts = new Map();
  const glyphs_of_font = (number) => {
    if (!fonts.has(number)) {
      const map = reference(objects.get(number).head, "ToUnicode");
      fonts.set(number, map ? glyphs_of(map.data.toString("latin1")) : new Map());
    }
    return fonts.get(number);
  };
  const words_of = (stream, resources) => {
    const named = new Map([...(resources.match(/\/Font\s*<<([^>]*)>>/s)?.[1] ?? "").matchAll(/\/(\S+)\s+(\d+) 0 R/g)].map(([, name, number]) => [name, Number(number)]));
    const drawn = new Map([...(resources.match(/\/XObject\s*<<([^>]*)>>/s)?.[1] ?? "").matchAll(/\/(\S+)\s+(\d+) 0 R/g)].map(([, name, number]) => [name, Number(number)]));
    let words = "";
    let glyphs = new Map();
    for (const [, font, texts, form] of stream.matchAll(/\/(\S+) [\d.-]+ Tf|((?:<[0-9a-fA-F]*>|\[(?:[^\]])*\])\s*T[jJ])|\/(\S+) Do/g)) {
      if (font !== undefined) glyphs = named.has(font) ? glyphs_of_font(named.get(font)) : new Map();
      if (texts !== undefined) {
        for (const [, hex] of texts.matchAll(/<([0-9a-fA-F]*)>/g)) {
          for (const code of hex.match(new RegExp(`.{${glyphs.digits ?? 4}}`, "g")) ?? []) words += glyphs.get(Number.parseInt(code, 16)) ?? "";
        }
      }
      if (form !== undefined && drawn.has(form)) {
        const object = objects.get(drawn.get(form));
        if (object.head.includes("/Form")) words += words_of(object.data.toString("latin1"), object.head);
      }
    }
    return words;
  };
  const pages = [];
  // In the order of the tree (7.7.3), not of the file.
  const walk = (object) => {
    if (/\/Type\s*\/Pages/.test(object.head)) {
      for (const [, number] of (object.head.match(/\/Kids\s*\[([^\]]*)\]/)?.[1] ?? "").matchAll(/(\d+) 0 R/g)) walk(objects.get(Number(number)));
      return;
    }
    const [, width, height] = object.head.match(/\/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]/);
    const streams = object.head.match(/\/Contents\s*(?:\[([^\]]*)\]|(\d+ 0 R))/);
    const stream = [...(streams[1] ?? streams[2]).matchAll(/(\d+) 0 R/g)].map(([, number]) => objects.get(Number(number)).data.toString("latin1")).join("\n");
    const resources = object.head.match(/\/Resources\s*(\d+) 0 R/) ? reference(object.head, "Resources").head : object.head;
    pages.push({ width: Math.round(Number(width)), height: Math.round(Number(height)), words: on_paper(words_of(stream, resources)) });
  };
  const catalogue = [...objects.values()].find((object) => /\/Type\s*\/Catalog/.test(object.head));
  walk(reference(catalogue.head, "Pages"));
  return pages;
}
