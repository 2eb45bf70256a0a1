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

  it("writes functions, a night, ways by district and supply in plain fields, and notes a district that is not there", async () => {
    const planner = await office.open_as("keikaku", { script: false });
    const { page } = planner;
    await page.goto(`${town.origin}/staff/policies/new?from=base_and_user_support`);
    assert.equal(await page.locator("#more").count(), 0, "nobody writes JSON");
    const copied = await page.locator("#function1_name_ja").inputValue();
    assert.ok(copied.length > 0);
    assert.ok((await page.locator('[name="function1_any_of"]:checked').count()) > 0);
    assert.ok((await page.locator('[name="function3_name_ja"]').count()) === 1, "a row to write one more");
    await page.locator("#name_ja").fill("夜もそろうか");
    await page.locator("#function1_name_ja").fill("夜の拠点");
    await page.locator("#from").fill("20:00");
    await page.locator("#to").fill("08:00");
    await page.locator("#way1_districts").fill("99201-標川中学校\n99201-まちがい");
    await page.locator("#way1_mode").selectOption("car");
    await page.locator("#way1_minutes").fill("20");
    await page.getByRole("button", { name: "保存する" }).click();
    assert.match(await page.locator(".notice-good").innerText(), /第1版を保存しました/);
    assert.equal(await page.locator("#function1_name_ja").inputValue(), "夜の拠点");
    assert.equal(await page.locator("#to").inputValue(), "08:00");
    assert.equal(await page.locator("#way1_districts").inputValue(), "99201-標川中学校 99201-まちがい");
    assert.equal(await page.locator("#way2_districts").count(), 1);
    await page.getByRole("link", { name: "この基準の地図" }).click();
    const map = await text_of(page);
    assert.match(map, /毎日 20:00–翌8:00/);
    assert.match(map, /この地図にない記号：99201-まちがい。/);
    assert.match(map, /夜の拠点/);
    if ((await page.locator(".strip").count()) > 0) {
      assert.equal(await page.locator(".strip").first().locator("thead th").count(), 24, "the night is shown where it is asked for");
    }

    await page.goto(`${town.origin}/staff/policies/new?from=short_stay_demand`);
    assert.equal(await page.locator("#supply_unit").inputValue(), "nights");
    await page.locator("#name_ja").fill("泊の受け皿");
    await page.locator("#supply_reach").fill("とおく");
    await page.getByRole("button", { name: "保存する" }).click();
    assert.equal(await page.locator(".notice-stop a").getAttribute("href"), "#supply_reach");
    await page.locator("#supply_reach").fill("9000");
    await page.locator("#supply_unit").selectOption("places");
    await page.getByRole("button", { name: "保存する" }).click();
    assert.match(await page.locator(".notice-good").innerText(), /第1版を保存しました/);
    assert.equal(await page.locator("#supply_unit").inputValue(), "places");
    assert.equal(await page.locator("#supply_reach").inputValue(), "9000");
    await planner.close();
  });

  it("has a form that anybody can use, in every language, at both sizes", async () => {
    const faults = [];
    for (const size of Object.values(sizes)) {
      const planner = await office.open_as("keikaku", { size });
      for (const language of languages) {
        for (const address of ["/staff/policies", "/staff/policies/new?from=evening_for_junior_high", "/staff/policies/new?from=base_and_user_support"]) {
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
