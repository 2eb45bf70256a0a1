// The page of one service as its readers use it: the eight weeks, what it is passed on with, one sheet of paper, and what
// is wrong with it, from the form to the steward.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { after, before, describe, it } from "node:test";
import { promisify } from "node:util";

import { add_user } from "./support/accounts.mjs";
import { languages, open_page, outside, picture, sizes } from "./support/browser.mjs";
import { axe_faults, in_language, sticking_out, too_small } from "./support/checks.mjs";
import { here, start_office } from "./support/staff.mjs";
import { binary } from "./support/town.mjs";

let office;
let town;
let browser;
const found = {};
before(async () => {
  office = await start_office(["--public-url", "https://town.example.jp", "--reports-per-client", "0"]);
  ({ town, browser } = office);
  await add_user(town, "shigen", "steward", here);
  const one = async (name, query) => {
    const { features } = await town.json(`/api/v1/resources?limit=1&${query}`);
    assert.equal(features.length, 1, `the town has a service for ${query}`);
    found[name] = features[0].properties;
  };
  await one("centre", `q=${encodeURIComponent("みなと児童館")}`);
  await one("referral", "entry=referral");
  const { features } = await town.json("/api/v1/resources?limit=1000");
  found.all = features.map((feature) => feature.properties);
  found.unconfirmed = found.all.find((one) => one.certainty !== "confirmed");
});
after(async () => {
  await office?.end();
});

const page_of = (service) => `/services/${service.id}`;
/** The cells of the table as a person reads them: by their column and their words. */
const cells_of = (page) =>
  page.locator(".calendar td:not(.day-outside)").evaluateAll((cells) => cells.map((cell) => ({ column: cell.cellIndex, text: cell.textContent.replace(/\s+/g, " ").trim(), open: cell.className })));

for (const script of [false, true]) {
  describe(`the page of a service at 390 px ${script ? "with" : "without"} script`, () => {
    it("tells the days of the next eight weeks, today first, each under its weekday", async () => {
      const { page, requests, faults, close } = await open_page(browser, { size: sizes.phone, script });
      await page.goto(town.origin + page_of(found.centre));
      const cells = await cells_of(page);
      assert.equal(cells.length, 56);
      const tokyo = new Date(Date.now() + 9 * 3600_000);
      const first = page.locator('.calendar td[aria-current="date"]');
      assert.match(await first.innerText(), new RegExp(`${tokyo.getUTCDate()}`));
      assert.equal(cells[0].column, (tokyo.getUTCDay() + 6) % 7, "columns run from Monday");
      for (const [place, cell] of cells.entries()) assert.equal(cell.column, (cells[0].column + place) % 7);
      assert.ok(cells.some((cell) => cell.open.includes("day-yes") && /\d{1,2}:\d{2}–\d{1,2}:\d{2}/.test(cell.text)), "some day has its hours");
      // The file says the same days.
      const file = await (await fetch(`${town.origin}${page_of(found.centre)}/calendar.ics`)).text();
      const days = new Set([...file.matchAll(/DTSTART;[^:]*:(\d{8})/g)].map(([, day]) => day));
      assert.equal(days.size, cells.filter((cell) => cell.open.includes("day-yes")).length);
      assert.equal(await page.locator('a[href$="/calendar.ics"]').count(), 1);
      assert.deepEqual(await page.evaluate(sticking_out), []);
      assert.deepEqual(await page.evaluate(too_small), []);
      assert.deepEqual(outside(requests, town.origin), []);
      assert.deepEqual(faults, []);
      await picture(page, `service-390-${script ? "script" : "plain"}`);
      await close();
    });

    it("shows its address to be copied, and a button for that only with script", async () => {
      const { page, faults, close } = await open_page(browser, { size: sizes.phone, script, permissions: script ? ["clipboard-read", "clipboard-write"] : [] });
      await page.goto(town.origin + page_of(found.centre));
      const address = `https://town.example.jp${page_of(found.centre)}`;
      assert.equal(await page.locator("#share-address").inputValue(), address);
      assert.ok(await page.locator(".share .qr").isVisible());
      const button = page.locator("[data-share]");
      assert.equal(await button.isVisible(), script);
      if (script) {
        await page.evaluate(() => Object.defineProperty(navigator, "share", { value: undefined, configurable: true }));
        await button.click();
        await page.locator("[data-share-said]", { hasText: "コピーしました" }).waitFor();
        assert.equal(await page.evaluate(() => navigator.clipboard.readText()), address);
      }
      assert.deepEqual(faults, []);
      await close();
    });

    it("takes word that something is wrong, and nothing else happens", async () => {
      const { page, faults, close } = await open_page(browser, { size: sizes.phone, script });
      await page.goto(town.origin + page_of(found.centre));
      await page.getByRole("link", { name: "ここがちがう（知らせる）" }).click();
      await page.waitForURL("**/report");
      const trap = await page.locator('input[name="website"]').boundingBox();
      assert.ok(trap.x + trap.width <= 0, "the trap is out of sight");
      await page.getByLabel("開いている日や時間").check();
      await page.getByLabel("どうちがうか").fill(`日曜日は休みでした（${script}）`);
      assert.deepEqual(await page.evaluate(sticking_out), []);
      assert.deepEqual(await page.evaluate(too_small), []);
      await picture(page, `report-390-${script ? "script" : "plain"}`);
      await page.getByRole("button", { name: "送る" }).click();
      await page.waitForURL("**/report?sent=1");
      assert.match(await page.locator('[role="status"]').innerText(), /送りました/);
      assert.deepEqual(faults, []);
      await close();
    });
  });
}

describe("a service that is used by referral", () => {
  it("leads to advice first, and has no telephone to book with", async () => {
    const { page, close } = await open_page(browser, { size: sizes.phone, script: false });
    await page.goto(town.origin + page_of(found.referral));
    assert.match(await page.locator(".start").innerText(), /自分だけでは申し込めません/);
    assert.equal(await page.locator(".button.phone").count(), 0);
    await page.getByRole("link", { name: "近くの相談できるところをさがす" }).click();
    await page.waitForURL("**/search?programme=consultation**");
    assert.ok((await page.locator(".card").count()) > 0, "there is somebody to ask");
    await close();
  });
});

describe("every language", () => {
  for (const language of languages) {
    it(`${language}: the page, the form and the answer are whole at both sizes`, async () => {
      const services = [found.centre, found.referral, ...(found.unconfirmed ? [found.unconfirmed] : [])];
      for (const size of [sizes.phone, sizes.desk]) {
        const { page, faults, close } = await open_page(browser, { size });
        for (const address of [...services.map(page_of), `${page_of(found.centre)}/report`, `${page_of(found.centre)}/report?sent=1`]) {
          await page.goto(town.origin + in_language(address, language));
          assert.deepEqual(await axe_faults(page), [], address);
          assert.deepEqual(await page.evaluate(sticking_out), [], `${address} ${size.width}`);
          assert.deepEqual(await page.evaluate(too_small), [], `${address} ${size.width}`);
        }
        await page.goto(town.origin + in_language(page_of(found.centre), language));
        await picture(page, `service-${language}-${size.width}`);
        assert.deepEqual(faults, []);
        await close();
      }
    });

    it(`${language}: any service prints on one sheet of A4, with its name, where it comes from and its address`, async () => {
      const { page, close } = await open_page(browser, { size: sizes.desk });
      const longest = [...found.all].sort((a, b) => JSON.stringify(b).length - JSON.stringify(a).length).slice(0, 3);
      for (const service of [found.centre, found.referral, ...longest]) {
        await page.goto(town.origin + in_language(page_of(service), language));
        const pdf = (await page.pdf({ preferCSSPageSize: true, printBackground: true })).toString("latin1");
        const boxes = [...pdf.matchAll(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g)].map(([, w, h]) => [Math.round(w), Math.round(h)]);
        assert.deepEqual(boxes, [[595, 842]], page_of(service));
        await page.emulateMedia({ media: "print" });
        for (const part of ["h1", ".start", ".schedules, .unknown", ".sources .facts", ".share .qr", ".share .on-paper"]) assert.ok(await page.locator(part).first().isVisible(), `${part} is on the sheet`);
        for (const part of [".calendar-part", ".report-link", "header.top", "footer.bottom", "#share-address"]) assert.ok(!(await page.locator(part).first().isVisible()), `${part} is not`);
        await page.emulateMedia({ media: null });
      }
      await close();
    });
  }
});

describe("the steward", () => {
  it("reads what was reported beside what the page says, and marks it as done", async () => {
    const sent = await fetch(`${town.origin}/api/v1/reports`, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ service: found.centre.id, kind: "phone", text: "<b>番号</b>がちがう" }) });
    assert.equal(sent.status, 202);
    const { stdout } = await promisify(execFile)(binary, ["reports", "--store", town.store, "--lang", "ja"]);
    assert.match(stdout, /みなと児童館 .*電話番号 .*<b>番号<\/b>がちがう/);
    const { page, faults, close } = await office.open_as("shigen", { size: sizes.phone });
    assert.match(await page.locator(".notice").first().innerText(), /まだ確かめていない知らせ：\d+件/);
    await page.getByRole("link", { name: /「ここがちがう」の知らせ/ }).click();
    const open = page.locator("ol.staff-reports > li");
    const before_it = await open.count();
    assert.match(await open.first().innerText(), /<b>番号<\/b>がちがう/);
    assert.match(await open.first().innerText(), /000-0000-0101/, "what the page says now");
    assert.deepEqual(await axe_faults(page), []);
    assert.deepEqual(await page.evaluate(sticking_out), []);
    assert.deepEqual(await page.evaluate(too_small), []);
    await picture(page, "staff-reports-390");
    await open.first().getByLabel("確かめた結果").selectOption("corrected");
    await open.first().getByLabel(/メモ/).fill("台帳を直した");
    await open.first().getByRole("button", { name: "済みにする" }).click();
    await page.waitForURL("**/staff/reports");
    assert.equal(await open.count(), before_it - 1);
    assert.match(await page.locator("ul.staff-reports").innerText(), /台帳を直した/);
    assert.deepEqual(await axe_faults(page), []);
    assert.deepEqual(faults, []);
    await close();
  });
});
