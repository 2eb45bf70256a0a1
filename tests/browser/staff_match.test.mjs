// A caseworker asks for a family, reads why, points at a map, counts what was not found, and prints two papers: at both
// widths, in every language, with and without script, and leaving nothing behind.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";

import { add_user } from "./support/accounts.mjs";
import { languages, picture, sizes } from "./support/browser.mjs";
import { axe_faults, in_language, sticking_out, too_small } from "./support/checks.mjs";
import { here, start_office, strange } from "./support/staff.mjs";
import { on_paper, pages_of } from "./support/pdf.mjs";

let office;
before(async () => {
  office = await start_office();
  await add_user(office.town, "soudan", "caseworker", here);
  await add_user(office.town, "keikaku", "planner", here);
});
after(() => office?.end());

/** A child of seven who needs somewhere after school and meals, a baby whose mother needs help at home. */
async function ask(page) {
  await page.locator("#place1").fill("潮見野駅");
  await page.locator("#person1_kind").selectOption("child");
  await page.locator("#person1_years").fill("7");
  await page.locator('input[name="person1_need"][value="after_school"]').check();
  await page.locator('input[name="person1_need"][value="meals"]').check();
  await page.locator("details.person").nth(1).locator("summary").click();
  await page.locator("#person2_kind").selectOption("parent");
  await page.locator('input[name="person2_need"][value="housework"]').check();
  await page.locator('.match-form button[value="search"]:not([hidden])').click();
  await page.waitForLoadState("load");
}

describe("a caseworker's search", () => {
  for (const language of languages) {
    it(`is accessible, fits and is large enough in ${language}, asked and answered`, async () => {
      const { page, faults, close } = await office.open_as("soudan", { size: sizes.phone });
      const problems = [];
      const look = async (title) => {
        problems.push(...(await axe_faults(page)).map((one) => `${title}: ${one}`));
        for (const size of [sizes.phone, sizes.desk]) {
          await page.setViewportSize(size);
          problems.push(...[...(await page.evaluate(sticking_out)), ...(await page.evaluate(too_small))].map((one) => `${title} at ${size.width}: ${one}`));
          await picture(page, `staff-match-${title}-${language}-${size.width}`);
        }
        await page.setViewportSize(sizes.phone);
      };
      await page.goto(office.town.origin + in_language("/staff/match", language));
      await look("asked");
      await ask(page);
      assert.ok((await page.locator(".match-answer .match-choices > li").count()) >= 3, "several to choose from");
      assert.ok((await page.locator(".reasons li").count()) >= 6, "each with its reasons");
      assert.match(await page.locator(".match-choices > li .rank").first().innerText(), /1$/);
      assert.ok((await page.locator(".rank-reason").count()) >= 1, "and why it stands before the next");
      await look("answered");
      assert.deepEqual(problems, []);
      assert.deepEqual(faults, []);
      await close();
    });
  }

  it("says at the top of a phone's page all that was found, and folds away the rest, which is printed", async () => {
    const { page, faults, close } = await office.open_as("soudan", { size: sizes.phone, script: false, address: "/staff/match" });
    await ask(page);
    const found = page.locator(".match-found");
    const box = await found.boundingBox();
    assert.ok(box.y + box.height <= 2 * sizes.phone.height, `within two screens: ${box.y + box.height}`);
    const needs = page.locator("section.pair");
    for (let i = 0; i < (await needs.count()); ++i) {
      const heading = await needs.nth(i).locator("h3").innerText();
      const line = found.getByRole("listitem").filter({ has: page.getByRole("link", { name: heading, exact: true }) });
      const choices = await needs.nth(i).locator(".choice-name").allTextContents();
      assert.ok((await line.innerText()).includes(`${choices.length}件`), `how many of ${heading}`);
      for (const name of choices) assert.ok((await line.innerText()).includes(name.trim()), name);
    }
    await found.getByRole("link", { name: /家事の手伝い/ }).click();
    const led_to = await page.locator("#need-3 h3").boundingBox();
    assert.ok(led_to.y >= 0 && led_to.y < sizes.phone.height, `the link leads there: ${led_to.y}`);
    // Of each need the first few stand open; nothing is ticked unseen.
    const folded = page.locator("section.pair details.more").first();
    assert.equal(await folded.getAttribute("open"), null);
    assert.equal(await folded.locator('input[name="take"]:checked').count(), 0);
    assert.ok(await folded.locator(".choice-name").first().isHidden());
    // A telephone stands on the card alone.
    const phones = await page.locator("details.more .phone").allTextContents();
    assert.ok(phones.length >= 1, "there is something folded away");
    const printed = pages_of(await page.pdf({ preferCSSPageSize: true })).map(({ words }) => words).join("");
    for (const phone of phones) assert.ok(printed.includes(on_paper(phone)), `printed: ${phone}`);
    await folded.locator("summary").click();
    assert.ok(await folded.locator(".reasons li").first().isVisible(), "each with its reasons");
    assert.deepEqual(faults, []);
    await close();
  });

  it("has the family in no address, asks nothing of others, and leaves no trace in any file or log", async () => {
    const { page, requests, close } = await office.open_as("soudan", { size: sizes.desk });
    const store_before = await readFile(office.town.store);
    const asked = [];
    page.on("request", (request) => asked.push(request));
    await page.goto(`${office.town.origin}/staff/match`);
    await page.locator("#place1").fill("潮見野市港町二丁目");
    await page.locator("#person1_kind").selectOption("child");
    await page.locator("#person1_years").fill("13");
    await page.locator("#person1_months").fill("7");
    await page.locator('input[name="person1_need"][value="school_refusal"]').check();
    await page.locator('.match-form button[value="search"]:not([hidden])').click();
    await page.waitForLoadState("load");
    assert.match(await page.locator(".match-answer").innerText(), /13歳7か月/);
    assert.equal(new URL(page.url()).search, "");
    assert.deepEqual(strange(asked).map((one) => new URL(one.url()).pathname).filter((path) => !/^\/static\/scripts\/(match|shared-\w+)\.js$/.test(path)), []);
    assert.ok(requests.every((address) => !/school_refusal|%E6%B8%AF%E7%94%BA|near=/.test(address)));
    for (const word of ["港町二丁目", "school_refusal", "137.15", "13歳"]) assert.ok(!office.town.log().includes(word), word);
    const folder = path.dirname(office.town.store);
    for (const name of await readdir(folder)) {
      if (!name.startsWith(path.basename(office.town.store)) || name === path.basename(office.town.store)) continue;
      const bytes = await readFile(path.join(folder, name));
      for (const word of ["港町二丁目", "school_refusal", "13歳"]) assert.ok(!bytes.includes(word), `${name}: ${word}`);
    }
    // The store has towns and needs of its own: it is as it was.
    assert.ok(store_before.equals(await readFile(office.town.store)), "the store is untouched");
    await close();
  });

  it("prints a sheet for the family in public names, and one for the file without the family", async () => {
    const { page, close } = await office.open_as("soudan", { address: "/staff/match" });
    await ask(page);
    await page.locator('button[value="family_sheet"]').click();
    await page.waitForLoadState("load");
    const family = await page.locator(".match-sheet").innerText();
    assert.match(family, /自由に決められます/);
    assert.ok(!/(?<!\d)7歳|子ども1|夜のおむすび|路地裏の勉強会/.test(family), family);
    assert.ok(!/;/.test(family), "stages are told apart");
    for (const size of [sizes.phone, sizes.desk]) {
      await page.setViewportSize(size);
      await picture(page, `staff-match-sheet-family-${size.width}`);
      assert.deepEqual([...(await page.evaluate(sticking_out)), ...(await page.evaluate(too_small))], []);
    }
    // Whom to ask, in the directory's words, and a line for the one who gave the paper.
    const windows = page.locator(".sheet-windows");
    assert.match(await windows.innerText(), /ご相談はこちら[^]*こども相談の窓口しるべ[^]*000-0000-0216[^]*8:30–17:15[^]*職員が書き入れます/);
    assert.equal(await windows.getByRole("link", { name: /しるべ/ }).getAttribute("href"), "tel:000-0000-0216");
    assert.ok(!/女性|DV/.test(await windows.innerText()), "no shelter from violence on a paper that lies about at home");
    const printed = pages_of(await page.pdf({ preferCSSPageSize: true }));
    assert.ok(printed[0].words.includes("000-0000-0216"), "on the first page");
    assert.ok(printed.length >= 1 && printed.every(({ width, height }) => width === 595 && height === 842), "A4");
    // The way back, with what was ticked; another language for the family.
    const ticked = await page.evaluate(() => document.querySelectorAll(".sheet-items > li").length);
    await page.locator(".sheet-back button").click();
    await page.waitForLoadState("load");
    assert.ok((await page.locator('.match-answer input[name="take"]:checked').count()) >= ticked);
    await page.locator("#sheet_language").selectOption("en");
    await page.locator('button[value="family_sheet"]').click();
    await page.waitForLoadState("load");
    assert.match(await page.locator(".match-sheet").innerText(), /Places you can use/);
    assert.equal(await page.locator("html").getAttribute("lang"), "en");
    await page.locator(".sheet-back button").click();
    await page.waitForLoadState("load");
    await page.locator('button[value="file_sheet"]').click();
    await page.waitForLoadState("load");
    const file = await page.locator(".match-sheet").innerText();
    assert.match(file, /家族についてのことは、この紙には書かれていません/);
    assert.ok(!/(?<!\d)7歳|子ども1|分です|潮見野駅/.test(file), file);
    await close();
  });

  for (const script of [true, false]) {
    it(`counts what was not found ${script ? "with" : "without"} script, and a planner reads it withheld`, async () => {
      const { page, faults, close } = await office.open_as("soudan", { size: sizes.phone, script, address: "/staff/match" });
      await ask(page);
      const button = page.locator('button[name="count"]').first();
      assert.match(await page.locator(".count-it .hint").first().innerText(), /中学校.*6〜11歳/);
      await button.click();
      await page.waitForLoadState("load");
      assert.match(await page.locator(".match-answer .notice-good").innerText(), /数えました.*6〜11歳/);
      assert.ok((await page.locator(".match-answer .match-choices > li").count()) >= 3, "the answer is still there");
      // What was said is in sight, and loading the page anew counts nothing.
      assert.equal(new URL(page.url()).hash, "#count-of-1");
      const said = await page.locator(".match-answer .notice-good").boundingBox();
      assert.ok(said.y >= 0 && said.y < sizes.phone.height, `in sight: ${said.y}`);
      await page.reload();
      assert.match(await page.locator(".match-answer .notice-good").innerText(), /もう数えてあります/);
      assert.deepEqual(faults, []);
      await close();
      const planner = await office.open_as("keikaku", { address: "/staff/planner" });
      assert.match(await planner.page.locator("section.unmet").innerText(), /相談で見つからなかった数.*秘匿/s);
      await planner.close();
    });
  }

  it("points at a place on the town's drawing, by hand and by keys, and asks nobody for anything", async () => {
    for (const size of [sizes.phone, sizes.desk]) {
      const { page, requests, faults, close } = await office.open_as("soudan", { size, address: "/staff/match" });
      await page.waitForLoadState("networkidle");
      const before = requests.length;
      assert.ok(!requests.some((address) => address.includes("/tiles/")), "no tiles");
      const box = page.locator("[data-point-map]");
      assert.ok(await box.isHidden());
      await page.locator('[data-point-for="place1"]').click();
      const drawing = box.locator("svg");
      await drawing.scrollIntoViewIfNeeded();
      const where = await drawing.boundingBox();
      await page.mouse.click(where.x + where.width * 0.4, where.y + where.height * 0.5);
      const field = page.locator("#place1");
      const first = await field.inputValue();
      assert.match(first, /^1\d\d\.\d{3},3\d\.\d{3}$/);
      await page.keyboard.press("ArrowRight");
      const [lon, lat] = (await field.inputValue()).split(",").map(Number);
      assert.ok(Math.abs(lon - Number(first.split(",")[0]) - 0.001) < 1e-6 && lat === Number(first.split(",")[1]), "one step east");
      const names = () =>
        drawing.evaluate((svg) => {
          const boxes = [...svg.querySelectorAll("text")].filter((one) => getComputedStyle(one).display !== "none").map((one) => [one.textContent, one.getBoundingClientRect()]);
          const over = [];
          for (const [i, [name, a]] of boxes.entries()) {
            for (const [other, b] of boxes.slice(i + 1)) {
              if (a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom) over.push(`${name} ${other}`);
            }
          }
          return { count: boxes.length, over };
        });
      const far = await names();
      assert.ok(far.count >= 3, "the town's districts are named");
      assert.deepEqual(far.over, [], "no name over another");
      await picture(page, `staff-match-map-whole-${size.width}`);
      await box.locator('[data-zoom="in"]').click();
      await box.locator('[data-zoom="in"]').click();
      assert.ok((await names()).count > far.count, "closer, more of them have room");
      assert.deepEqual((await names()).over, []);
      await picture(page, `staff-match-map-${size.width}`);
      assert.deepEqual(await axe_faults(page), []);
      assert.deepEqual([...(await page.evaluate(sticking_out)), ...(await page.evaluate(too_small))], []);
      await field.fill("137.2,33.1");
      assert.ok(await box.locator(".pin[data-set]").isVisible());
      assert.equal(requests.length, before, "a point chosen asks for nothing");
      await field.fill(first);
      await page.locator("#person1_years").fill("7");
      await page.locator('input[name="person1_need"][value="meals"]').check();
      await page.locator('.match-form button[value="search"]:not([hidden])').click();
      await page.waitForLoadState("load");
      assert.ok((await page.locator(".match-answer").count()) === 1);
      assert.ok(requests.every((address) => !address.includes(first.split(",")[0])), "in no address");
      for (const part of first.split(",")) assert.ok(!office.town.log().includes(part), part);
      assert.deepEqual(faults, []);
      await close();
    }
  });

  it("offers the other places folded away, and no map where there is no script", async () => {
    const { page, close } = await office.open_as("soudan", { size: sizes.phone, script: false, address: "/staff/match" });
    assert.ok(await page.locator("#place1").isVisible());
    assert.ok(await page.locator("#place2").isHidden());
    assert.ok(await page.locator('[data-point-for="place1"]').isHidden());
    assert.ok(await page.locator("[data-point-map]").isHidden());
    await page.locator("details.place summary").first().click();
    await page.locator("#place2").fill("潮見野駅");
    await page.locator("#place1").fill("潮見野市港町二丁目");
    await page.locator("#person1_kind").selectOption("child");
    await page.locator("#person1_years").fill("8");
    await page.locator('input[name="person1_need"][value="after_school"]').check();
    await page.locator('input[name="person1_need"][value="meals"]').check();
    await page.locator("details.person").nth(1).locator("summary").click();
    await page.locator("#person2_kind").selectOption("parent");
    await page.locator('input[name="person2_need"][value="housework"]').check();
    await page.locator('.match-form button[value="search"]:not([hidden])').click();
    await page.waitForLoadState("load");
    assert.ok(await page.locator("#place2").isVisible(), "what was filled in stays open");
    const ways = await page.locator(".match-choices").first().innerText();
    assert.match(ways, /(家|学校・園)から約\d+(～\d+)?分/);
    assert.ok((await page.locator(".combinations > li").count()) >= 1, "home and school together");
    await close();
  });
});
