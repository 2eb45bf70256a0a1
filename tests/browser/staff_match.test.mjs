// A caseworker asks for a family, reads why, and prints two papers: at both widths, in every language, without script
// (staff pages have none), and leaving nothing behind.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";

import { add_user } from "./support/accounts.mjs";
import { languages, picture, sizes } from "./support/browser.mjs";
import { axe_faults, in_language, sticking_out, too_small } from "./support/checks.mjs";
import { here, start_office, strange } from "./support/staff.mjs";
import { pages_of } from "./support/pdf.mjs";

let office;
before(async () => {
  office = await start_office();
  await add_user(office.town, "soudan", "caseworker", here);
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
  await page.locator('.match-form button[value="search"]').click();
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
      await look("answered");
      assert.deepEqual(problems, []);
      assert.deepEqual(faults, []);
      await close();
    });
  }

  it("has the family in no address, asks nothing of others, and leaves no trace in any file or log", async () => {
    const { page, requests, close } = await office.open_as("soudan", { size: sizes.desk });
    const asked = [];
    page.on("request", (request) => asked.push(request));
    await page.goto(`${office.town.origin}/staff/match`);
    await page.locator("#place1").fill("潮見野市港町二丁目");
    await page.locator("#person1_kind").selectOption("child");
    await page.locator("#person1_years").fill("13");
    await page.locator("#person1_months").fill("7");
    await page.locator('input[name="person1_need"][value="school_refusal"]').check();
    await page.locator('.match-form button[value="search"]').click();
    await page.waitForLoadState("load");
    assert.match(await page.locator(".match-answer").innerText(), /13歳7か月/);
    assert.equal(new URL(page.url()).search, "");
    assert.deepEqual(strange(asked).map((one) => one.url()), []);
    assert.ok(requests.every((address) => !/school_refusal|%E6%B8%AF%E7%94%BA|near=/.test(address)));
    for (const word of ["港町二丁目", "school_refusal", "137.15", "13歳"]) assert.ok(!office.town.log().includes(word), word);
    const folder = path.dirname(office.town.store);
    for (const name of await readdir(folder)) {
      if (!name.startsWith(path.basename(office.town.store)) || name === path.basename(office.town.store)) continue;
      const bytes = await readFile(path.join(folder, name));
      for (const word of ["港町二丁目", "school_refusal", "13歳"]) assert.ok(!bytes.includes(word), `${name}: ${word}`);
    }
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
    const printed = pages_of(await page.pdf({ preferCSSPageSize: true }));
    assert.ok(printed.length >= 1 && printed.every(({ width, height }) => width === 595 && height === 842), "A4");
    await page.goto(`${office.town.origin}/staff/match`);
    await ask(page);
    await page.locator('button[value="file_sheet"]').click();
    await page.waitForLoadState("load");
    const file = await page.locator(".match-sheet").innerText();
    assert.match(file, /家族についてのことは、この紙には書かれていません/);
    assert.ok(!/(?<!\d)7歳|子ども1|分です|潮見野駅/.test(file), file);
    await close();
  });
});
