// People on their way to help, each on a phone, with script and without: what they do, what they see, and that they can
// take the next step at the end.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";

import { axe_faults, sticking_out } from "./support/checks.mjs";
import { launch, open_page, outside, sizes } from "./support/browser.mjs";
import { start_town } from "./support/town.mjs";

let town;
let browser;
before(async () => {
  town = await start_town();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await town?.end();
});

const field = (page) => page.locator("#place");
const path_of = (page) => new URL(page.url()).pathname;
const asked = (page, name) => new URL(page.url()).searchParams.get(name);
const cards = (page) => page.locator(".results > ol.cards .card");

/** Types into the one field and sends it, as the return key of a phone does. */
async function type_and_send(page, text) {
  await field(page).fill(text);
  await field(page).press("Enter");
  await page.waitForLoadState("load");
}

/** What every stop of a journey must be: no fault, no other host asked, nothing wider than the phone. */
async function fits(visit) {
  assert.deepEqual(await visit.page.evaluate(sticking_out), [], visit.page.url());
  assert.deepEqual(outside(visit.requests, town.origin), []);
}

for (const script of [true, false]) {
  const how = script ? "with script" : "without script";
  const start = async (options = {}) => {
    const visit = await open_page(browser, { size: sizes.phone, script, ...options });
    await visit.page.goto(`${town.origin}/${options.lang ? `?lang=${options.lang}` : ""}`);
    return visit;
  };

  describe(`journeys on a phone ${how}`, () => {
    it("at eleven at night a mother finds whom she can ring about her baby, and who answers for her street", async () => {
      const visit = await start({ scheme: "dark" });
      const { page } = visit;
      await page.getByLabel("年齢").selectOption({ label: "3〜5か月" });
      await page.locator('input[name="programme"][value="consultation"]').check();
      await type_and_send(page, "潮見野市港町二丁目");
      assert.equal(asked(page, "age"), "4m");
      assert.match(asked(page, "near"), /^\d+\.\d{1,3},\d+\.\d{1,3}$/);
      const agency = page.locator(".agency");
      assert.match(await agency.innerText(), /あなたの地域の相談先/);
      assert.match(await agency.innerText(), /ほかの相談先をえらんでもかまいません/);
      assert.ok((await agency.locator('a[href^="tel:"]').count()) >= 1, "a number to ring tomorrow");
      assert.match(await page.locator(".coming").innerText(), /産後ケア|健診/);
      assert.match(await cards(page).first().innerText(), /次は|今 開いています|確かめてください/);
      await fits(visit);
      await visit.close();
    });

    it("a grandfather types the postal code of the library and reads how to get there", async () => {
      const visit = await start();
      const { page } = visit;
      const codes = (await town.json("/api/v1/suggest?q=999&limit=20")).suggestions.filter((one) => one.id === "postal_code");
      assert.ok(codes.length > 0, "the town has postal codes");
      await type_and_send(page, `〒${codes[0].label}`);
      if (!asked(page, "near")) await page.locator(".choices a").first().click();
      await page.waitForURL("**/search?**near=**");
      assert.ok((await cards(page).count()) > 2);
      assert.match(await cards(page).first().innerText(), /\d+ k?m/);
      await cards(page).first().locator("h3 a").click();
      await page.waitForURL("**/services/**");
      assert.ok((await page.locator(".address").count()) > 0);
      await fits(visit);
      await visit.close();
    });

    it("a child who reads kana looks for a meal", async () => {
      const visit = await start({ lang: "ja-easy" });
      const { page } = visit;
      await type_and_send(page, "ごはん");
      assert.match(asked(page, "programme"), /kodomo_shokudo|food/);
      assert.ok((await cards(page).count()) > 0);
      assert.ok((await page.locator(".card ruby").count()) > 0, "kanji have readings");
      await cards(page).first().locator("h3 a").click();
      await page.waitForURL("**/services/**");
      await fits(visit);
      await visit.close();
    });

    it("somebody who writes Latin letters finds a cafeteria in English", async () => {
      const visit = await start({ lang: "en", locale: "en-US" });
      const { page } = visit;
      await type_and_send(page, "kodomo shokudo");
      if (!path_of(page).startsWith("/search") || !asked(page, "programme")) await page.locator(".choices a").first().click();
      await page.waitForURL("**/search?**");
      assert.match(asked(page, "programme") ?? "", /kodomo_shokudo/);
      assert.match(await page.locator("h1").innerText(), /results/);
      assert.ok((await cards(page).count()) > 0);
      assert.match(await cards(page).first().innerText(), /Children’s cafeteria|Children's cafeteria/);
      await fits(visit);
      await visit.close();
    });

    it("a pupil looks for somewhere after school, without ringing anybody", async () => {
      const visit = await start();
      const { page } = visit;
      await page.getByLabel("年齢").selectOption({ label: "13歳" });
      await page.getByLabel("平日の放課後").check();
      await page.locator("details.further summary").click();
      await page.getByLabel("電話をしないで始められる").check();
      await page.getByRole("button", { name: "この条件でさがす" }).click();
      await page.waitForURL("**/search?**");
      assert.equal(asked(page, "day"), "mon,tue,wed,thu,fri");
      assert.equal(asked(page, "phone"), "not_needed");
      assert.ok((await cards(page).count()) > 0);
      assert.match(await page.locator(".chips").innerText(), /平日/);
      const answer = await town.json(`/api/v1/resources${new URL(page.url()).search}`);
      assert.ok(answer.features.every(({ properties }) => properties.entry === "drop_in" || properties.features.some((one) => ["line", "web_form"].includes(one))));
      await fits(visit);
      await visit.close();
    });

    it("a couple who expect a child see what comes next", async () => {
      const visit = await start();
      const { page } = visit;
      await page.getByLabel("年齢").selectOption({ label: "妊娠中" });
      await type_and_send(page, "潮見野駅");
      assert.equal(asked(page, "for"), "expecting");
      const coming = page.locator(".coming");
      assert.match(await coming.innerText(), /母子健康手帳/);
      await coming.locator("a").first().click();
      await page.waitForURL("**/search?**programme=**");
      assert.ok((await page.locator(".card").count()) > 0);
      await fits(visit);
      await visit.close();
    });

    it("a parent who would rather not meet neighbours finds a place a little farther away", async () => {
      const visit = await start();
      const { page } = visit;
      await page.goto(`${town.origin}/search?near=137.166,33.147&programme=places`);
      const farther = page.locator(".farther");
      assert.match(await farther.innerText(), /近所の人に会いたくないとき/);
      const far = Number((await farther.innerText()).match(/([\d.]+) km/)[1]);
      assert.ok(far >= 2, `${far} km`);
      await farther.locator("a").first().click();
      await page.waitForURL("**/services/**");
      await fits(visit);
      await visit.close();
    });

    it("a father who needs nights for his children learns where one begins, and is not led to book", async () => {
      const visit = await start();
      const { page } = visit;
      await page.goto(`${town.origin}/search?programme=kosodate_tanki`);
      const card = page.locator(".card", { hasText: "役所や相談機関を通して" }).first();
      assert.equal(await card.locator(".button.phone").count(), 0);
      await card.locator("h3 a").click();
      await page.waitForURL("**/services/**");
      assert.equal(await page.locator(".button.primary.phone").count(), 0, "no number as if one could book");
      const talk = page.locator('main a[href*="programme="]', { hasText: /相談/ }).first();
      await talk.click();
      await page.waitForURL("**/search?**");
      assert.ok((await page.locator(".card").count()) > 0);
      await fits(visit);
      await visit.close();
    });

    it("whoever types amiss is told which of three things it is, and what to do", async () => {
      const visit = await start();
      const { page } = visit;
      await type_and_send(page, "横浜市西区");
      assert.match(await page.locator("h1").innerText(), /区域の外/);
      assert.match(await page.locator("main").innerText(), /潮見野市/);
      await type_and_send(page, "ぬぬぬぬぬ");
      assert.match(await page.locator("h1").innerText(), /見つかりませんでした/);
      assert.match(await page.locator("main").innerText(), /学習支援/);
      await type_and_send(page, "   ");
      assert.equal(path_of(page), "/search", "nothing typed is everything there is");
      assert.ok((await page.locator(".card").count()) > 0);
      await page.goto(`${town.origin}/search?near=137.166,33.147&programme=jidokan&age=30`);
      assert.match(await page.locator(".nothing").innerText(), /30歳.*件/s);
      await fits(visit);
      await visit.close();
    });

    it("on a Sunday that is chosen by its date a family finds what is open", async () => {
      const visit = await start();
      const { page } = visit;
      await page.locator(".finer summary").click();
      await page.getByLabel("日にち", { exact: true }).fill("2026-11-29");
      await page.getByRole("button", { name: "この条件でさがす" }).click();
      await page.waitForURL("**/search?**");
      assert.equal(asked(page, "open"), "2026-11-29");
      assert.match(await page.locator(".chips").innerText(), /11月29日（日曜日）/);
      assert.match(await cards(page).first().innerText(), /11月29日/);
      const answer = await town.json("/api/v1/resources?open=2026-11-29&limit=500");
      assert.match(await page.locator("h1").innerText(), new RegExp(`^${answer.numberMatched + answer.without_position.numberMatched}件`));
      await fits(visit);
      await visit.close();
    });
  });
}

describe("suggestions while typing", () => {
  const typed = async (text, options = {}) => {
    const visit = await open_page(browser, { size: sizes.phone, ...options });
    await visit.page.goto(`${town.origin}/`);
    await field(visit.page).pressSequentially(text, { delay: 20 });
    return visit;
  };

  it("come after two letters, in kana, kanji and Latin letters", async () => {
    for (const [text, wanted] of [
      ["がく", /学習支援/],
      ["学習", /学習支援/],
      ["gakusyuu", /学習支援/],
      ["みな", /港|みなと/],
      ["子供食", /こども食堂/],
    ]) {
      const { page, close } = await typed(text);
      // What the first letters alone suggest may stand there before.
      await page.locator('.suggestions [role="option"]', { hasText: wanted }).first().waitFor();
      await close();
    }
  });

  it("are a listbox: arrows choose, escape closes, what is chosen is asked for", async () => {
    const { page, faults, close } = await typed("学習");
    await page.locator('.suggestions [role="option"]').first().waitFor();
    assert.equal(await field(page).getAttribute("aria-expanded"), "true");
    assert.match(await page.locator("[data-suggest-status]").innerText(), /候補が\d+件/);
    assert.deepEqual(await axe_faults(page), []);
    await page.keyboard.press("ArrowDown");
    const active = await field(page).getAttribute("aria-activedescendant");
    assert.equal(await page.locator(`#${active}`).getAttribute("aria-selected"), "true");
    await page.keyboard.press("Escape");
    assert.equal(await page.locator(".suggestions").isVisible(), false);
    await field(page).press("Backspace");
    await field(page).pressSequentially("習");
    await page.locator('.suggestions [role="option"]').first().waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.waitForURL("**/search?**programme=gakushu_shien**");
    assert.deepEqual(faults, []);
    await close();
  });

  it("leave a place in no address but as a point that is rounded", async () => {
    const { page, close } = await typed("潮見野駅");
    await page.locator('.suggestions [role="option"]', { hasText: "潮見野駅" }).first().click();
    await page.waitForURL("**/search?**near=**");
    assert.match(asked(page, "near"), /^\d+\.\d{1,3},\d+\.\d{1,3}$/);
    assert.match(await page.locator(".where").innerText(), /潮見野駅/);
    await close();
  });
});

describe("a page that is made larger", () => {
  it("loses nothing at 200 % and 400 % (WCAG 1.4.4, 1.4.10)", async () => {
    // 1280 px at 400 % is 320 px wide.
    for (const width of [640, 320]) {
      for (const address of ["/", "/search?near=137.166,33.147&programme=places&age=2", "/search?near=137.166,33.147&programme=jidokan&age=30"]) {
        const { page, close } = await open_page(browser, { size: { width, height: 256 * (1280 / width) } });
        await page.goto(town.origin + address);
        assert.deepEqual(await page.evaluate(sticking_out), [], `${address} at ${width} px`);
        await close();
      }
    }
  });
});
