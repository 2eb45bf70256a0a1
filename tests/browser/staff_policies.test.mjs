// A planner makes a policy of the town's own, sees the map by it, and hands it to everybody; without script throughout.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";

import { add_user } from "./support/accounts.mjs";
import { languages, outside, sizes } from "./support/browser.mjs";
import { axe_faults, in_language, sticking_out, too_small } from "./support/checks.mjs";
import { here, start_office, text_of } from "./support/staff.mjs";

let town;
let browser;
let office;
before(async () => {
  office = await start_office();
  ({ town, browser } = office);
  await add_user(town, "keikaku", "planner", here);
});
after(() => office?.end());

describe("a policy of one's own", () => {
  it("is copied, changed, kept, drawn, published and withdrawn", async () => {
    const planner = await office.open_as("keikaku", { script: false });
    const { page } = planner;
    await page.getByRole("link", { name: /^判定基準/ }).click();
    await page.locator("#walk_15_minutes").getByRole("link", { name: /写して作る/ }).click();
    assert.equal(await page.locator("#minutes").inputValue(), "15");
    await page.locator("#name_ja").fill("潮見野の10分");
    await page.locator("#minutes").fill("十分");
    await page.getByRole("button", { name: "保存する" }).click();
    assert.match(await page.locator(".notice-stop").innerText(), /何分まで.*数で書いてください/s);
    assert.equal(await page.locator("#name_ja").inputValue(), "潮見野の10分");
    await page.locator("#minutes").fill("10");
    await page.getByRole("button", { name: "保存する" }).click();
    assert.match(await page.locator(".notice-good").innerText(), /第1版を保存しました/);

    await page.locator("#minutes").fill("12");
    await page.getByRole("button", { name: "新しい版として保存する" }).click();
    assert.match(await page.locator(".notice-good").innerText(), /第2版を保存しました/);
    const address = page.url().split("?")[0];
    const id = address.split("/").pop();
    await page.getByRole("link", { name: "この基準の地図" }).click();
    assert.match(await text_of(page), /潮見野の10分/);
    assert.match(await text_of(page), /12分以内/);
    assert.match(await text_of(page), /第2版/);
    const drawn = await page.locator("svg.drawing path.district").count();
    assert.ok(drawn > 3);

    const outsider = await browser.newContext({ locale: "ja-JP" });
    const public_page = await outsider.newPage();
    await public_page.goto(`${town.origin}/policies`);
    assert.doesNotMatch(await text_of(public_page), /潮見野の10分/);
    await page.goto(address);
    await page.getByRole("button", { name: "この版を公開する" }).click();
    assert.match(await page.locator(".badge-complete").first().innerText(), /公開/);
    for (let tries = 0; tries < 100; ++tries) {
      await public_page.goto(`${town.origin}/policies`);
      if (/潮見野の10分/.test(await text_of(public_page))) break;
      await public_page.waitForTimeout(100);
    }
    assert.match(await text_of(public_page), /潮見野の10分/);
    assert.match(await text_of(public_page), /潮見野市の基準/);
    await public_page.goto(`${town.origin}/planner?policy=${id}`);
    assert.match(await text_of(public_page), /第2版/);
    await outsider.close();

    await page.getByRole("button", { name: "使わないことにする" }).click();
    assert.match(await text_of(page), /使っていない/);
    await page.goto(`${town.origin}/staff/policies`);
    assert.match(await text_of(page), /使っていない判定基準/);
    assert.deepEqual(outside(planner.requests, town.origin), []);
    await planner.close();
  });

  it("has a form that anybody can use, in every language, at both sizes", async () => {
    const faults = [];
    for (const size of Object.values(sizes)) {
      const planner = await office.open_as("keikaku", { size });
      for (const language of languages) {
        for (const address of ["/staff/policies", "/staff/policies/new?from=evening_for_junior_high"]) {
          await planner.page.goto(town.origin + in_language(address, language));
          const found = [await axe_faults(planner.page), await planner.page.evaluate(sticking_out), await planner.page.evaluate(too_small)].flat();
          faults.push(...found.map((fault) => `${address} ${language} ${size.width}: ${fault}`));
        }
      }
      await planner.close();
    }
    assert.deepEqual(faults, []);
  });
});
