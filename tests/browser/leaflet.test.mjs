// Leaflets as they are chosen, looked at, printed and scanned. What stands on paper is read from the PDF; codes are read
// by a reader of codes.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, describe, it } from "node:test";

import { axe_faults, in_language, sticking_out, too_small } from "./support/checks.mjs";
import { languages, launch, open_page, outside, picture, sizes } from "./support/browser.mjs";
import { on_paper, pages_of } from "./support/pdf.mjs";
import { start_town } from "./support/town.mjs";

const jsqr = readFileSync(createRequire(import.meta.url).resolve("jsqr/dist/jsQR.js"), "utf8");
const px_per_mm = 96 / 25.4;

let town;
let browser;
let districts;
const leaflet_of = (district, more = "") => `/print/leaflet?layer=chugakkoku&district=${encodeURIComponent(district.code)}${more}`;
before(async () => {
  town = await start_town();
  browser = await launch();
  districts = (await town.json("/api/v1/layers/chugakkoku/districts")).districts;
});
after(async () => {
  await browser?.close();
  await town?.end();
});

/** "3–5" is 3, 4 and 5. */
function written_out(numbers) {
  return numbers.flatMap((one) => {
    const [first, last = first] = one.split("–").map(Number);
    return Array.from({ length: last - first + 1 }, (_, i) => first + i);
  });
}

async function pdf_of(page) {
  return pages_of(await page.pdf({ preferCSSPageSize: true, printBackground: true }));
}

describe("a leaflet is chosen and looked at", () => {
  for (const [size_name, size] of Object.entries(sizes)) {
    for (const language of languages) {
      it(`accessible, fitting and large enough, in ${language} on a ${size_name}`, async () => {
        const problems = [];
        for (const [name, address] of Object.entries({
          chooser: "/leaflet",
          "chooser-chosen": `/leaflet?layer=chugakkoku&district=${encodeURIComponent(districts[0].code)}&programme=jidokan&title=a`,
          sheet: leaflet_of(districts[1]),
        })) {
          const { page, requests, faults, close } = await open_page(browser, { size });
          await page.goto(town.origin + in_language(address, language));
          const found = [
            ...(await axe_faults(page)),
            ...(await page.evaluate(sticking_out)).map((one) => `sticks out: ${one}`),
            ...(await page.evaluate(too_small)),
            ...outside(requests, town.origin).map((one) => `asks ${one}`),
            ...faults,
          ];
          problems.push(...found.map((one) => `${name}: ${one}`));
          await picture(page, `leaflet-${name}-${language}-${size.width}`);
          await close();
        }
        assert.deepEqual(problems, []);
      });
    }
  }

  it("without script, from the district's page to the sheet and back", async () => {
    const { page, close } = await open_page(browser, { script: false });
    await page.goto(`${town.origin}/districts/chugakkoku/${encodeURIComponent(districts[0].code)}?lang=en`);
    await page.getByRole("link", { name: "Make a leaflet of this" }).click();
    assert.equal(await page.locator("#district").inputValue(), districts[0].code);
    await page.locator("#district").selectOption(districts[1].code);
    await page.locator("label.choice", { hasText: "Food" }).click();
    await page.locator("#age").selectOption("7");
    await page.locator("#title").fill("夏休み <ごはん> & あそび");
    await page.locator("#contact").fill("子育て支援課 000-0000-0000");
    await page.getByRole("button", { name: "Make the leaflet" }).click();
    await page.waitForURL("**/print/leaflet?**");
    assert.equal(await page.locator("h1").innerText(), "夏休み <ごはん> & あそび");
    assert.match(await page.locator(".leaflet-foot").innerText(), /子育て支援課 000-0000-0000/);
    assert.match(await page.locator(".leaflet-under").innerText(), new RegExp(districts[1].name));
    await page.getByRole("link", { name: "Change it" }).click();
    assert.equal(await page.locator("#district").inputValue(), districts[1].code);
    assert.equal(await page.locator("#title").inputValue(), "夏休み <ごはん> & あそび");
    assert.equal(await page.locator("#age").inputValue(), "7");
    assert.ok(await page.locator('input[value="food"]').isChecked());
    await close();
  });

  it("a point in the address is gone before anything is shown", async () => {
    const { page, close } = await open_page(browser);
    await page.goto(`${town.origin}/print/leaflet?near=137.166,33.147&radius=2000&programme=places`);
    assert.ok(!page.url().includes("near") && !page.url().includes("137.166"), page.url());
    assert.ok(!(await page.content()).includes("137.166"));
    await close();
  });
});

describe("a printed leaflet", () => {
  for (const language of languages) {
    it(`has every card whole on one sheet of A4, for every district, in ${language}`, async () => {
      const wrong = [];
      for (const district of districts) {
        for (const paper of district === districts[0] ? ["portrait", "landscape"] : ["portrait"]) {
          const { page, close } = await open_page(browser);
          await page.goto(town.origin + in_language(leaflet_of(district, `&paper=${paper}`), language));
          const cards = await page.locator(".leaflet-card").evaluateAll((all) =>
            all.map((card) => {
              const shown = card.cloneNode(true);
              for (const quiet of shown.querySelectorAll(".vh")) quiet.remove();
              return { number: card.dataset.number, name: card.querySelector("h3").textContent, words: shown.textContent };
            }),
          );
          const numbers = written_out(await page.locator(".pin").evaluateAll((pins) => pins.map((pin) => pin.dataset.numbers)));
          const sheets = await pdf_of(page);
          const what = `${district.name} ${paper}`;
          const [width, height] = paper === "portrait" ? [595, 842] : [842, 595];
          if (sheets.some((sheet) => Math.abs(sheet.width - width) > 1 || Math.abs(sheet.height - height) > 1)) wrong.push(`${what}: not A4`);
          // Beside its map a sheet has two cards at least, without one six; readings take room, and so do wide sheets' maps.
          const a_sheet = language === "ja-easy" ? 4 : 6;
          const most = 1 + Math.ceil(Math.max(0, cards.length - 2) / a_sheet) + 1;
          if (sheets.length > most) wrong.push(`${what}: ${sheets.length} sheets for ${cards.length} cards`);
          assert.deepEqual(numbers.sort((a, b) => a - b), cards.filter((card) => card.number).map((card) => Number(card.number)), what);
          for (const [at, sheet] of sheets.entries()) {
            if (!sheet.words.startsWith(`${at + 1}/${sheets.length}`)) wrong.push(`${what}: sheet ${at + 1} has no number: ${sheet.words.slice(0, 20)}`);
          }
          for (const card of cards) {
            // Readings are drawn on a line of their own: there, the name stands for the card.
            const words = on_paper(language === "ja-easy" ? card.name : card.words);
            if (!sheets.some((sheet) => sheet.words.includes(words))) wrong.push(`${what}: ${card.number} ${card.name} is on no sheet as a whole`);
          }
          for (const line of await page.locator(".leaflet h1, .leaflet-source").allTextContents()) {
            const words = on_paper(line);
            if (language !== "ja-easy" && !sheets.some((sheet) => sheet.words.includes(words))) wrong.push(`${what}: ${line} is missing`);
          }
          await close();
        }
      }
      assert.deepEqual(wrong, []);
    });
  }

  it("has letters of 9 points at least, on the map too", async () => {
    const { page, close } = await open_page(browser, { size: { width: Math.round(186 * px_per_mm), height: 1000 } });
    await page.emulateMedia({ media: "print" });
    for (const language of languages) {
      await page.goto(town.origin + in_language(leaflet_of(districts[0]), language));
      const small = await page.evaluate(() => {
        const faults = [];
        const walker = document.createTreeWalker(document.querySelector(".leaflet"), NodeFilter.SHOW_TEXT);
        while (walker.nextNode()) {
          const parent = walker.currentNode.parentElement;
          if (!walker.currentNode.textContent.trim() || parent.closest("rt, rp, .vh") || parent.getClientRects().length === 0) continue;
          const drawing = parent.closest("svg");
          const scale = drawing === null ? 1 : drawing.getBoundingClientRect().width / drawing.viewBox.baseVal.width;
          const size = Number.parseFloat(getComputedStyle(parent).fontSize) * scale;
          if (size < 11.95) faults.push(`${size}px: ${walker.currentNode.textContent.trim()}`);
        }
        return faults;
      });
      assert.deepEqual(small, []);
    }
    await close();
  });

  it("has codes that a reader of codes reads, of 15 mm at least, each leading where its card does", async () => {
    const reader = await open_page(browser);
    await reader.page.evaluate(jsqr);
    const read = (png) =>
      reader.page.evaluate(async (base64) => {
        const image = new Image();
        image.src = `data:image/png;base64,${base64}`;
        await image.decode();
        const canvas = new OffscreenCanvas(image.width, image.height);
        const pen = canvas.getContext("2d");
        pen.drawImage(image, 0, 0);
        return globalThis.jsQR(pen.getImageData(0, 0, image.width, image.height).data, image.width, image.height)?.data ?? null;
      }, png.toString("base64"));
    // 200 dots an inch, as a plain office printer.
    const context = await browser.newContext({ viewport: { width: Math.round(186 * px_per_mm), height: 1000 }, deviceScaleFactor: 200 / 96 });
    const page = await context.newPage();
    await page.emulateMedia({ media: "print" });
    for (const language of languages) {
      const district = districts[2];
      await page.goto(town.origin + in_language(leaflet_of(district, "&programme=places"), language));
      const suffix = language === "ja" ? "?lang=ja" : `?lang=${language}`;
      const codes = await page.locator("svg.qr").all();
      assert.ok(codes.length > 3);
      for (const code of codes) {
        const { kind, href, mm } = await code.evaluate((svg) => ({
          kind: svg.dataset.qr,
          href: svg.closest(".leaflet-card")?.querySelector("a").getAttribute("href"),
          // Four modules of quiet on each side belong to the drawing.
          mm: (svg.getBoundingClientRect().width / (96 / 25.4)) * (1 - 8 / svg.viewBox.baseVal.width),
        }));
        assert.ok(mm >= 15, `${kind} is ${mm} mm`);
        const address = await read(await code.screenshot());
        const expected = kind === "sheet" ? `${town.origin}/search?within=chugakkoku:${encodeURIComponent(district.code)}&programme=places&lang=${language}` : town.origin + href.replace(/\?.*/, "") + suffix;
        assert.equal(address, expected);
      }
    }
    await context.close();
    await reader.close();
  });

  it("of a list and of everything fits too, and what has no room is counted", async () => {
    const { page, close } = await open_page(browser);
    for (const address of [`/print/leaflet?list=${encodeURIComponent("こども食堂一覧（架空）")}`, "/print/leaflet"]) {
      await page.goto(town.origin + address);
      const cards = await page.locator(".leaflet-card").count();
      assert.ok(cards > 0 && cards <= 60, `${cards} cards`);
      const sheets = await pdf_of(page);
      assert.ok(sheets.length <= 2 + Math.ceil(cards / 6), `${sheets.length} sheets for ${cards} cards`);
    }
    const all = await town.json("/api/v1/resources?limit=1");
    const left_out = await page.locator(".leaflet-more").innerText();
    assert.ok(Number(left_out.match(/\d+/)[0]) <= all.numberMatched + (all.without_position?.numberMatched ?? 0));
    await close();
  });
});
