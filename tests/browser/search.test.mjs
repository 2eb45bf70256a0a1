import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";

import { colours_of, launch, open_page, outside, sizes } from "./support/browser.mjs";
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

/** What the API answers to the very question a search page shows. */
async function same_question(page) {
  const { pathname, search } = new URL(page.url());
  assert.equal(pathname, "/search");
  // A page shows ten, in an order of its own: by the way, and by what a list leaves open.
  const ranked = search.includes("near=") && !search.includes("sort=");
  return town.json(`/api/v1/resources${search}${search ? "&" : "?"}limit=10${ranked ? "&sort=best" : ""}`);
}

const name_of = (feature) => feature.properties.public_name ?? feature.properties.name;
const shown_names = (page) => page.locator(".results > ol.cards h3").allTextContents();

/** A town, a two-year-old, Saturday, children's centres: filled in as a person would. */
async function ask_for_a_centre_on_saturday(page, place) {
  await page.goto(`${town.origin}/`);
  await page.getByLabel("どこで、何を さがしますか").fill(place);
  await page.getByLabel("年齢").selectOption({ label: "2歳" });
  await page.getByLabel("土曜日").check();
  await page.locator("details", { has: page.locator('input[value="jidokan"]') }).locator("summary").click();
  await page.getByLabel("児童館", { exact: true }).check();
  await page.getByRole("button", { name: "この条件でさがす" }).click();
  await page.waitForURL("**/search?**");
}

for (const script of [false, true]) {
  describe(`a search ${script ? "with" : "without"} script`, () => {
    it("finds the nearest children's centre for a two-year-old that is open on Saturday", async () => {
      const { page, requests, faults, close } = await open_page(browser, { size: sizes.phone, script });
      await ask_for_a_centre_on_saturday(page, "港町二丁目");

      const near = new URL(page.url()).searchParams.get("near");
      assert.match(near, /^137\.\d{1,3},33\.\d{1,3}$/, "the place goes on as coordinates rounded to 0.001°");
      assert.ok(!decodeURIComponent(page.url()).includes("港町"), "what was typed is in no address");

      const answer = await same_question(page);
      assert.ok(answer.numberMatched > 3);
      assert.ok(answer.features.every((feature) => feature.properties.programme.startsWith("jidokan")));
      assert.ok(answer.features.every((feature) => feature.properties.open !== "no"));
      assert.equal(name_of(answer.features[0]), "みなと児童館");
      assert.deepEqual((await shown_names(page)).map((name) => name.trim()), answer.features.map(name_of));
      assert.match(await page.locator("h1").innerText(), new RegExp(`^${answer.numberMatched}件`));
      assert.match(await page.locator(".card").first().innerText(), /土曜日に 開いています/);

      await page.getByRole("link", { name: "みなと児童館", exact: true }).click();
      await page.waitForURL("**/services/*");
      assert.equal(await page.locator("h1").innerText(), "みなと児童館");
      assert.equal(await page.locator("a.phone").getAttribute("href"), "tel:000-0000-0101");
      assert.deepEqual(outside(requests, town.origin), []);
      assert.deepEqual(faults, []);
      await close();
    });

    it("takes conditions away one by one", async () => {
      const { page, close } = await open_page(browser, { size: sizes.phone, script });
      await ask_for_a_centre_on_saturday(page, "港町二丁目");
      const before_it = (await same_question(page)).numberMatched;
      await page.locator(".chips a", { hasText: "土曜日" }).click();
      await page.waitForURL((url) => !url.searchParams.has("day"));
      const after_it = (await same_question(page)).numberMatched;
      assert.ok(after_it > before_it, `${after_it} without the day, ${before_it} with it`);
      assert.match(await page.locator("h1").innerText(), new RegExp(`^${after_it}件`));
      await close();
    });
  });
}

describe("a place", () => {
  it("that several towns may mean is asked back", async () => {
    const { page, close } = await open_page(browser, { size: sizes.phone, script: false });
    await page.goto(`${town.origin}/`);
    await page.getByLabel("どこで、何を さがしますか").fill("若葉");
    await page.getByLabel("どこで、何を さがしますか").press("Enter");
    assert.match(await page.locator("h1").innerText(), /どれのことですか/);
    const choices = page.locator(".choices a");
    assert.ok((await choices.count()) >= 2);
    await choices.first().click();
    await page.waitForURL("**/search?near=**");
    assert.ok((await page.locator(".card").count()) > 0);
    await close();
  });

  it("that nobody knows gets advice, not an empty page", async () => {
    const { page, faults, close } = await open_page(browser, { size: sizes.phone });
    await page.goto(`${town.origin}/`);
    await page.getByLabel("どこで、何を さがしますか").fill("どこにもない場所〇〇");
    await page.getByRole("button", { name: "さがす", exact: true }).click();
    assert.match(await page.locator("h1").innerText(), /見つかりませんでした/);
    assert.ok((await page.locator("main li").count()) >= 3);
    assert.ok(await page.getByLabel("どこで、何を さがしますか").isVisible());
    assert.deepEqual(faults.filter((fault) => !fault.includes("404")), []);
    await close();
  });

  it("never reaches the log", async () => {
    const body = new URLSearchParams({ place: "駅前一丁目12番4号 ひみつの家" });
    const answer = await fetch(`${town.origin}/search`, { method: "POST", body, redirect: "manual" });
    assert.match(answer.headers.get("cache-control"), /no-store/);
    assert.ok(!town.log().includes("駅前一丁目") && !town.log().includes("%E9%A7%85"));
  });

  it("of the device is rounded before it is sent", async () => {
    const { page, close } = await open_page(browser, { size: sizes.phone, permissions: ["geolocation"] });
    await page.context().setGeolocation({ longitude: 137.1661234, latitude: 33.1471234 });
    await page.goto(`${town.origin}/`);
    const posted = page.waitForRequest((request) => request.method() === "POST");
    await page.getByRole("button", { name: "今いる場所のまわり" }).click();
    const fields = new URLSearchParams((await posted).postData());
    assert.equal(fields.get("near"), "137.166,33.147");
    await page.waitForURL("**/search?**");
    assert.ok((await page.locator(".card").count()) > 0);
    await close();
  });
});

describe("a search that finds nothing", () => {
  it("says which one condition to drop, and how many places that finds", async () => {
    const { page, close } = await open_page(browser, { size: sizes.phone, script: false });
    await page.goto(`${town.origin}/search?near=137.166,33.147&radius=100&programme=nyujiin&day=sun&fee=free`);
    assert.match(await page.locator("h1").innerText(), /見つかりませんでした/);
    await page.goto(`${town.origin}/search?near=137.166,33.147&programme=jidokan&age=30`);
    const choices = page.locator(".nothing .choices a");
    assert.ok((await choices.count()) >= 1);
    const said = Number((await choices.first().locator("b").innerText()).match(/\d+/)[0]);
    await choices.first().click();
    const answer = await same_question(page);
    assert.equal(answer.numberMatched + answer.without_position.numberMatched, said);
    await close();
  });
});

describe("the map of the results", () => {
  it("stands beside the list, drawn from our own tiles, pins tied to cards both ways", async () => {
    const { page, requests, faults, close } = await open_page(browser, { size: sizes.desk });
    await page.goto(`${town.origin}/search?near=137.166,33.147&programme=places`);
    await page.locator('[data-results-map][data-drawn="yes"]').waitFor({ timeout: 30_000 });
    assert.ok((await colours_of(page, page.locator(".map canvas"))) > 2, "the canvas shows land, borders and sea");
    assert.ok(requests.some((address) => /\/tiles\/chugakkoku\/\d+\/\d+\/\d+\.mvt$/.test(address)));
    assert.deepEqual(outside(requests, town.origin), []);
    const cards = page.locator(".card[data-lon]");
    assert.equal(await page.locator(".marker").count(), await cards.count());

    const last = cards.nth((await cards.count()) - 1);
    const name = await last.locator("h3").innerText();
    // Pins that would lie on a nearer one are dots; of the others any leads to its card.
    const pins = page.locator(".marker:not(.dot)");
    assert.ok((await pins.count()) >= 2);
    const pin = pins.first();
    const number = await pin.innerText();
    await pin.focus();
    await page.keyboard.press("Enter");
    const card = page.locator(`.card[data-number="${number}"]`);
    assert.match(await card.getAttribute("class"), /chosen/);
    assert.equal(await page.evaluate(() => document.activeElement.textContent), await card.locator("h3").innerText());
    assert.equal(await pin.getAttribute("aria-label"), `${number}番へ ${(await card.locator("h3").innerText()).trim()}`);
    await last.locator("h3 a").focus();
    assert.equal(await page.locator(".marker.chosen").textContent(), await last.getAttribute("data-number"), name);
    assert.deepEqual(faults, []);
    await close();
  });

  it("waits on a phone until it is asked for", async () => {
    const { page, requests, close } = await open_page(browser, { size: sizes.phone });
    await page.goto(`${town.origin}/search?near=137.166,33.147&programme=places`);
    await page.waitForLoadState("networkidle");
    assert.ok(!requests.some((address) => address.includes("/tiles/") || address.includes("maplibre")));
    await page.getByRole("button", { name: "地図で見る" }).click();
    await page.locator('[data-results-map][data-drawn="yes"]').waitFor({ timeout: 30_000 });
    assert.equal(await page.getByRole("button", { name: "地図をとじる" }).getAttribute("aria-expanded"), "true");
    await close();
  });
});
