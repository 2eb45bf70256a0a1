// A planner's way from a need to an answer, without script, on a phone; the neighbour's way to what is shown to it; and
// every page looked at in every language.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";

import { add_user } from "./support/accounts.mjs";
import { languages, outside, picture, sizes } from "./support/browser.mjs";
import { axe_faults, in_language, sticking_out, too_small } from "./support/checks.mjs";
import { here, neighbour, path_of, start_office, strange, text_of } from "./support/staff.mjs";

let town;
let office;

before(async () => {
  office = await start_office();
  ({ town } = office);
  await add_user(town, "keikaku", "planner", here);
  await add_user(town, "tonari.keikaku", "planner", neighbour);
});
after(() => office?.end());

describe("offers and needs", () => {
  it("are written, matched, asked and answered without script on a phone", async () => {
    const planner = await office.open_as("keikaku", { script: false, size: sizes.phone });
    const { page } = planner;
    const asked = [];
    page.on("request", (request) => asked.push(request));
    await page.getByRole("link", { name: /^シーズとニーズ/ }).click();
    assert.match(await text_of(page), /断り 2、/);
    assert.match(await text_of(page), /遠い/);

    await page.getByRole("link", { name: "ニーズを書く" }).first().click();
    assert.equal(await page.getByLabel(/^担当.*必須$/).getAttribute("id"), "contact", "what must be filled in is said before");
    await page.getByRole("button", { name: "この内容で残す" }).click();
    assert.match(await page.locator(".notice-stop").innerText(), /書いてください/);
    await page.locator("details", { has: page.locator('input[value="setai_homon"]') }).locator("summary").click();
    await page.locator('input[name="programmes"][value="setai_homon"]').check();
    await page.locator("#contact").fill("こども家庭課");
    await page.locator("#phone").fill("電話ください");
    await page.locator("#fee").fill("３,０００円");
    await page.locator("#fee_per").selectOption("hour");
    await page.getByRole("button", { name: "この内容で残す" }).click();
    assert.match(await page.locator("#phone-wrong").innerText(), /電話番号/);
    assert.equal(await page.locator("#fee").inputValue(), "３,０００円");
    await page.locator("#phone").fill("000-0000-0100");
    await page.getByRole("button", { name: "この内容で残す" }).click();
    await page.locator(".notice-good").waitFor();

    const match = page.locator("[data-match]", { hasText: "株式会社なみおと（架空）" });
    assert.match(await match.innerText(), /事業が同じ/);
    assert.match(await match.innerText(), /単価：合う（シーズ 2,500円／1時間、ニーズ 3,000円／1時間）/);
    assert.match(await match.innerText(), /数：不明/);
    await match.locator("summary").click();
    await match.locator('input[name="asked_by"]').fill("こども家庭課");
    await match.getByRole("button", { name: "記録を残す" }).click();
    await page.locator(".notice-good").waitFor();
    assert.match(await match.innerText(), /返事待ち/);
    const entry = page.locator("[data-asking]").first();
    await entry.locator("summary").click();
    await entry.locator('select[name="answer"]').selectOption("declined");
    await entry.getByRole("button", { name: "答えを残す" }).click();
    assert.match(await page.locator("[data-asking] .notice-stop").innerText(), /断りの理由/);
    await entry.locator('select[name="reason"]').selectOption("no_staff");
    await entry.getByRole("button", { name: "答えを残す" }).click();
    await page.locator(".notice-good").waitFor();
    assert.match(await page.locator("[data-asking]").first().innerText(), /断り：人手がない/);

    // The other side has it too.
    await match.getByRole("link", { name: /なみおと/ }).click();
    assert.match(path_of(page), /^\/staff\/seeds\/offers\//);
    assert.match(await page.locator(".seed-log").innerText(), /断り：人手がない/);
    await page.goto(`${town.origin}/staff/seeds`);
    assert.match(await text_of(page), /断り 3、/);
    assert.deepEqual(strange(asked).map((one) => one.url()), []);
    assert.deepEqual(outside(planner.requests, town.origin), []);
    await planner.close();
  });

  it("are told apart by what their links say, in lists and in pairs", async () => {
    const { page, close } = await office.open_as("keikaku", { address: "/staff/seeds" });
    const differ = async (links, where) => {
      const names = (await page.locator(links).allInnerTexts()).map((name) => name.replace(/\s+/g, " ").trim());
      assert.ok(names.length >= 2, where);
      assert.equal(new Set(names).size, names.length, `${where}: ${names.join(" | ")}`);
    };
    await differ(".seed-card h3 a", "the overview");
    await page.goto(`${town.origin}/staff/seeds/wants`);
    await differ(".seed-card h3 a", "the needs");
    const link = page.locator(".seed-card h3 a", { hasText: "ショートステイ" }).first();
    const [who, what] = (await link.innerText()).split("\n");
    await link.click();
    assert.ok((await page.title()).startsWith(`${who.trim()}：${what.trim()}`), await page.title());
    assert.ok((await page.locator("h1").innerText()).includes(what.trim()));
    await differ(".seed-matches h3 a", "what fits it");
    await differ(".seed-matches summary", "noting that they were asked");
    await close();
  });

  it("show the neighbour what is shown to it, and nothing else", async () => {
    const next_door = await office.open_as("tonari.keikaku", { address: "/staff/seeds" });
    const { page } = next_door;
    const text = await text_of(page);
    assert.match(text, /海風福祉会/);
    assert.match(text, /聞いた数 1件/);
    for (const address of ["", "/offers", "/wants"]) {
      await page.goto(`${town.origin}/staff/seeds${address}`);
      assert.doesNotMatch(await text_of(page), /なみおと|しおかぜ子どもの輪|人手がない/);
    }
    await page.goto(`${town.origin}/staff/seeds/offers`);
    await page.getByRole("link", { name: /海風福祉会/ }).click();
    assert.equal(await page.getByRole("link", { name: "直す" }).count(), 0);
    assert.match(await text_of(page), /遠い/);
    await next_door.close();
  });
});

for (const language of languages) {
  it(`are accessible, fit and are large enough in ${language}`, async () => {
    const looking = await office.open_as("keikaku", { size: sizes.phone });
    const { page } = looking;
    const problems = [];
    await page.goto(`${town.origin}/staff/seeds/wants`);
    const want = await page.locator(".seed-card", { hasText: "短期支援" }).first().getByRole("link").getAttribute("href");
    await page.goto(`${town.origin}/staff/seeds/offers`);
    const offer = await page.locator(".seed-card", { hasText: "海風福祉会" }).getByRole("link").getAttribute("href");
    const pages = { home: "/staff/seeds", list: "/staff/seeds/offers", offer, want, form: "/staff/seeds/offers/new", edit: `${want}/edit` };
    for (const [title, address] of Object.entries(pages)) {
      await page.setViewportSize(sizes.phone);
      await page.goto(town.origin + in_language(address, language));
      await page.evaluate(() => {
        for (const details of document.querySelectorAll("main details")) details.open = true;
      });
      problems.push(...(await axe_faults(page)).map((one) => `${title}: ${one}`));
      for (const size of Object.values(sizes)) {
        await page.setViewportSize(size);
        const faults = [...(await page.evaluate(sticking_out)).map((one) => `sticks out: ${one}`), ...(await page.evaluate(too_small))];
        problems.push(...faults.map((one) => `${title} at ${size.width}: ${one}`));
        if (size === sizes.phone || language === "ja") await picture(page, `seeds-${title}-${language}-${size.width}`);
      }
    }
    assert.deepEqual(problems, []);
    assert.deepEqual(looking.faults, []);
    await looking.close();
  });
}
