// A steward's month and a coordinator's month: on a phone and at a desk, with script and without, by mouse and by
// keyboard; what was decided is on the public's page, and what is for staff is not.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { after, before, describe, it } from "node:test";
import { promisify } from "node:util";

import { add_user } from "./support/accounts.mjs";
import { languages, outside, picture, sizes } from "./support/browser.mjs";
import { axe_faults, in_language, sticking_out, too_small } from "./support/checks.mjs";
import { here, neighbour, path_of, start_office, strange, text_of } from "./support/staff.mjs";
import { binary } from "./support/town.mjs";

let town;
let office;

/** What a town of good lists lacks: two lists that call a place by two names, services nobody has asked for years, addresses of no town. */
const lists = {
  甲: ["kodomo_shokudo,はまゆう,潮見野市港町2-3-12,2026-04-01", "kodomo_shokudo,すなはま,潮見野市港町2-4-5,2026-04-01", ...[1, 2, 3].map((n) => `jidokan,昔の広場${n},潮見野市港町2-3-12,2023-04-0${n}`)],
  乙: ["jidokan_small,はまゆう児童館,潮見野市港町2-3-12,2026-04-01", "jidokan_small,すなはま児童館,潮見野市港町2-4-5,2026-04-01", ...[1, 2, 3].map((n) => `jidokan,迷子の広場${n},どこでもない町${n}-2,2026-04-01`)],
};

async function import_lists() {
  for (const [name, rows] of Object.entries(lists)) {
    const file = path.join(path.dirname(town.store), `${name}.csv`);
    await writeFile(file, ["事業,名称,住所,最終確認日,市区町村コード", ...rows.map((row) => `${row},992011`), ""].join("\r\n"));
    await promisify(execFile)(binary, ["import", "resources", file, "--store", town.store, "--list", `${name}の一覧`, "--licence", "見本", "--as-of", "2026-04-01", "--partial"]);
  }
}

before(async () => {
  office = await start_office();
  ({ town } = office);
  await import_lists();
  await add_user(town, "sigen", "steward", here);
  await add_user(town, "aruku", "steward", here);
  await add_user(town, "tonari.sigen", "steward", neighbour);
});
after(() => office?.end());

const pages = ["/staff/desk", "/staff/desk/stale", "/staff/desk/unlocated", "/staff/desk/links", "/staff/desk/finds", "/staff/month", "/staff/desk/ties", "/staff/desk/ties/new", "/staff/desk/ties/new?kind=refers", "/staff/desk/ties/new?kind=shares", "/staff/desk/forums/new"];

/** What everybody reads of a service, once the server has seen the store. */
async function public_until(address, wanted) {
  for (let tries = 0; tries < 100; ++tries) {
    const answer = await fetch(town.origin + address);
    const body = answer.ok ? await answer.text() : "";
    if (wanted(body, answer.status)) return body;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${address} never told what was wanted`);
}

const service_of = (item) => item.getAttribute("data-service");

async function open_item(page, name) {
  const item = page.locator("li.desk-item", { hasText: name }).first();
  await item.locator("summary").click();
  return item;
}

async function decide(form, how = "phone") {
  await form.locator('select[name="by"]').selectOption("coordinator");
  await form.locator('select[name="how"]').selectOption(how);
}

describe("a steward's month", () => {
  it("asks, places, decides, without script on a phone", async () => {
    const steward = await office.open_as("sigen", { script: false, size: sizes.phone });
    const { page } = steward;
    const asked = [];
    page.on("request", (request) => asked.push(request));
    await page.getByRole("link", { name: /^点検の机/ }).click();
    const count_of = async (queue) => Number(await page.locator(`[data-queue="${queue}"] .count`).innerText());
    const before = { stale: await count_of("stale"), unlocated: await count_of("unlocated"), links: await count_of("links") };
    for (const queue of ["stale", "unlocated", "links"]) assert.ok(before[queue] > 0, `nothing waits: ${queue}`);

    // 東若葉児童館 was asked last in May 2024.
    await page.goto(`${town.origin}/staff/desk/stale`);
    const stale = await open_item(page, "東若葉児童館");
    const id = await service_of(stale);
    await decide(stale);
    await stale.getByRole("button", { name: "確かめた（今日）" }).click();
    assert.equal(path_of(page), "/staff/desk/stale");
    assert.match(await page.locator(".notice-good").innerText(), /残しました（取り込み \d+ 番）/);
    assert.equal(await page.locator(`[data-service="${id}"]`).count(), 0);
    await public_until(`/api/v1/resources/${id}`, (body) => JSON.parse(body || "{}").properties?.certainty === "confirmed");

    // Something changed: only what is different is corrected.
    await page.goto(`${town.origin}/staff/desk/services/${id}`);
    await page.locator("#phone").fill("000-0000-0999");
    await decide(page.locator("main form"), "told");
    await page.getByRole("button", { name: "この内容で残す" }).click();
    await page.locator(".notice-good").waitFor();
    await public_until(`/api/v1/resources/${id}`, (body) => body.includes("000-0000-0999"));

    // An address that no town's name begins: pointed at, twice, then kept.
    await page.goto(`${town.origin}/staff/desk/unlocated`);
    const lost = page.locator("li.desk-item").first();
    const site = await lost.getAttribute("data-site");
    await lost.getByRole("link").click();
    const map = page.locator('.pick input[type="image"]');
    await map.click({ position: { x: 150, y: 170 } });
    assert.equal(await page.locator(".pick .chosen").count(), 1);
    const first = [await page.locator("#lon").inputValue(), await page.locator("#lat").inputValue()].map(Number);
    await map.click({ position: { x: 165, y: 155 } });
    await page.getByRole("button", { name: "→ 東" }).click();
    const second = [await page.locator("#lon").inputValue(), await page.locator("#lat").inputValue()].map(Number);
    // The second step sees a quarter of the first: a click there is a little way from it.
    assert.ok(Math.hypot(first[0] - second[0], first[1] - second[1]) < 0.01, `${first} ${second}`);
    assert.notDeepEqual(first, second);
    await decide(page.locator("#place-form"), "visit");
    await page.getByRole("button", { name: "この位置で残す" }).click();
    await page.locator(".notice-good").waitFor();
    assert.equal(await page.locator(`[data-site="${site}"]`).count(), 0);

    // A pair: one place.
    await page.goto(`${town.origin}/staff/desk/links`);
    const pair = page.locator("li[data-pair]").first();
    const which = await pair.getAttribute("data-pair");
    assert.equal(await pair.locator(".sides section").count(), 2);
    assert.match(await pair.innerText(), /迷った理由/);
    await pair.locator("summary").click();
    await decide(pair, "visit");
    await pair.getByRole("button", { name: "別の場所" }).click();
    await page.locator(".notice-good").waitFor();
    assert.equal(await page.locator(`[data-pair="${which}"]`).count(), 0);

    await page.goto(`${town.origin}/staff/desk`);
    assert.deepEqual(
      { stale: await count_of("stale"), unlocated: await count_of("unlocated"), links: await count_of("links") },
      { stale: before.stale - 1, unlocated: before.unlocated - 1, links: before.links - 1 },
    );
    assert.deepEqual(strange(asked).filter((one) => !one.url().startsWith("data:")).map((one) => one.url()), []);
    assert.deepEqual(outside(steward.requests, town.origin), []);
    await steward.close();
  });

  it("adds, mends and ends a tie, and edits a meeting, without script on a phone", async () => {
    const steward = await office.open_as("sigen", { script: false, size: sizes.phone, address: "/staff/network" });
    const { page } = steward;
    await page.getByRole("link", { name: "つながりと会議体を直す" }).click();
    assert.equal(path_of(page), "/staff/desk/ties");
    await page.getByRole("link", { name: "つながりを足す" }).click();
    // The kind first: only then what it has is asked.
    assert.equal(await page.locator("#tie-form").count(), 0);
    assert.equal(await page.locator("[data-kind]").count(), 7);
    await page.locator('[data-kind="member_of"] a').click();
    assert.equal(await page.locator("#informed-tie, #terms-tie, #layer-tie, #programme-tie, #to_kind-tie").count(), 0);
    assert.match(await page.locator("#other-kind-hint").innerText(), /いま書いていることは残りません/);
    await page.getByRole("link", { name: "種類を選び直す" }).click();
    await page.locator('[data-kind="refers"] a').click();
    const form = page.locator("#tie-form");
    const keep = (where) => where.getByRole("button", { name: "この内容で残す" }).click();
    await form.locator("#from-tie").fill("東若葉児童館");
    await form.locator("#to-tie").fill("川べりの寄り合い");
    await form.locator("#informed-tie").fill("三つ");
    await form.locator("#source-tie").fill("聞き取り");
    await decide(form);
    await keep(form);
    assert.match(await page.locator("#informed-tie-fault").innerText(), /数で書いて/);
    assert.match(await page.locator("#to-tie-fault").innerText(), /この台帳にありません/);
    assert.equal(await page.locator("#from-tie-fault").count(), 0);
    assert.equal(await form.locator("#source-tie").inputValue(), "聞き取り");
    await picture(page, "desk-tie-faults-ja-390");
    await form.locator("#informed-tie").fill("3");
    await form.locator('[name="alone"]').check();
    await keep(form);
    assert.match(await page.locator(".notice-good").innerText(), /残しました（取り込み \d+ 番）/);

    await page.locator("#q").fill("川べりの寄り");
    await page.getByRole("button", { name: "しぼる" }).click();
    assert.equal(await page.locator("[data-tie]").count(), 1);
    await page.locator("[data-tie] a").click();
    assert.match(await page.locator(".facts").innerText(), /伝えた 3、つないだ 不明[^]*この市区町村の職員[^]*画面からのつながり/);
    // For staff: nobody else is told of it.
    assert.doesNotMatch(await (await fetch(`${town.origin}/api/v1/relations?limit=1000`)).text(), /川べりの寄り合い/);
    await page.locator("summary", { hasText: "内容を直す" }).click();
    assert.match(await page.locator("#kind-tie-hint").innerText(), /新しい種類にない欄（数、[^]*消えます/);
    await form.locator("#kind-tie").selectOption("場所の提供");
    await decide(form, "paper");
    await keep(form);
    // It was for staff because it was a referral: who may see it is asked before it is anything else.
    assert.match(await page.locator("#visibility-tie-fault").innerText(), /だれに見せるかを選んで/);
    await form.locator("#visibility-tie").selectOption("公開");
    await keep(form);
    await page.locator(".notice-good").waitFor();
    await page.locator("summary", { hasText: "内容を直す" }).click();
    assert.equal(await form.locator("#informed-tie").count(), 0); // what it is now has no counts
    assert.equal(await form.locator("#from-tie").inputValue(), "東若葉児童館");
    await public_until("/api/v1/relations?limit=1000&kind=hosts", (body) => body.includes("川べりの寄り合い"));
    await decide(page.locator("#decide-form"));
    await page.locator("#ended-decide").fill("2026-03-31");
    await page.getByRole("button", { name: "この日で終わる" }).click();
    await page.locator(".notice-good").waitFor();
    await public_until("/api/v1/relations?limit=1000&kind=hosts&at=2026-04-01T12:00:00%2B09:00", (body) => body !== "" && !body.includes("川べりの寄り合い"));

    await page.goto(`${town.origin}/staff/desk/ties?kind=forum`);
    await page.locator("[data-tie] a").first().click();
    await page.locator("summary", { hasText: "構成員が加わった" }).click();
    const members = page.locator("#members-form");
    await members.locator("#member-members").fill("東若葉児童館");
    await decide(members);
    await members.getByRole("button", { name: "加わった" }).click();
    assert.match(await page.locator(".members").innerText(), /東若葉児童館/);
    assert.deepEqual(outside(steward.requests, town.origin), []);
    await steward.close();
  });

  it("tells the second of two who decide on one thing", async () => {
    const one = await office.open_as("sigen", { address: "/staff/desk/stale" });
    const two = await office.open_as("aruku", { address: "/staff/desk/stale" });
    const name = await one.page.locator("li.desk-item h3").first().innerText();
    const at_one = await open_item(one.page, name);
    const at_two = await open_item(two.page, name);
    await decide(at_one);
    await decide(at_two);
    await at_one.getByRole("button", { name: "確かめた（今日）" }).click();
    await one.page.locator(".notice-good").waitFor();
    await at_two.getByRole("button", { name: "終わっていた" }).click();
    assert.match(await two.page.locator(".notice-stop").innerText(), /ほかの人が先に決めたか/);
    await one.close();
    await two.close();
  });

  it("moves the point by the keyboard alone", async () => {
    const steward = await office.open_as("sigen", { address: "/staff/desk/unlocated", script: false });
    const { page } = steward;
    await page.locator("li.desk-item a").first().click();
    const press = async (name) => {
      await page.getByRole("button", { name }).focus();
      await Promise.all([page.waitForEvent("load"), page.keyboard.press("Enter")]);
    };
    await press("近づく");
    const south = Number(await page.locator("#lat").inputValue());
    await press("↑ 北");
    assert.ok(Number(await page.locator("#lat").inputValue()) > south);
    await steward.close();
  });
});

describe("the list of ties", () => {
  it("is by kind, with a heading and a count each, in two columns where there is room", async () => {
    const steward = await office.open_as("sigen", { size: sizes.desk, address: "/staff/desk/ties" });
    const { page } = steward;
    const headings = await page.locator(".tie-group h2").allInnerTexts();
    assert.match(headings[0], /^会議体\s+\d+件/);
    assert.ok(headings.length > 2, headings.join());
    assert.equal(await page.locator("li[data-tie] h3 a").count(), await page.locator("[data-tie]").count());
    const left = async () => new Set(await page.locator("[data-tie]").evaluateAll((all) => all.map((one) => Math.round(one.getBoundingClientRect().left))));
    assert.equal((await left()).size, 2);
    await page.setViewportSize(sizes.phone);
    assert.equal((await left()).size, 1);
    await steward.close();
  });
});

describe("a coordinator's month", () => {
  it("is on one screen: ask, write down a find, answer", async () => {
    const coordinator = await office.open_as("aruku", { address: "/staff/month" });
    const { page } = coordinator;
    await page.locator("summary", { hasText: "書く" }).click();
    const form = page.locator("#find-form");
    await form.locator("#name").fill("路地うらの食堂");
    await form.locator("#address").fill("港町2-3-12");
    await form.getByRole("button", { name: "職員向けに残す" }).click();
    assert.match(await page.locator(".notice-stop").innerText(), /事業を選んでください/);
    assert.equal(await form.locator("#name").inputValue(), "路地うらの食堂");
    await form.locator("#programme").selectOption("kodomo_shokudo");
    await form.locator("#weekdays").fill("水");
    await form.locator("#starts").fill("16:00");
    await form.locator("#ends").fill("18:00");
    await form.locator("#teller").fill("みつばの会の人");
    await form.locator("#way").fill("次の寄り合いで");
    await form.getByRole("button", { name: "職員向けに残す" }).click();
    await page.locator(".notice-good").waitFor();
    const owed = page.locator(".owed li", { hasText: "路地うらの食堂" });
    assert.match(await owed.innerText(), /みつばの会の人/);

    const found = await (await fetch(`${town.origin}/api/v1/resources?q=${encodeURIComponent("路地うらの食堂")}`)).text();
    assert.doesNotMatch(found, /路地うらの食堂/);
    await owed.getByRole("button", { name: "返事をした（今日）" }).click();
    assert.equal(await page.locator(".owed li").count(), 0);
    assert.match(await text_of(page), /返事をしたもの/);
    assert.doesNotMatch(await text_of(page), /次の寄り合いで/);

    await page.getByRole("link", { name: /公開の同意を待つ場所/ }).click();
    const find = await open_item(page, "路地うらの食堂");
    const id = await service_of(find);
    await public_until(`/services/${id}`, (_, status) => status === 404);
    await find.locator('input[name="on"]').fill("2026-04-02");
    await find.getByRole("button", { name: "みんなに見えるようにする" }).click();
    await page.locator(".notice-good").waitFor();
    const body = await public_until(`/services/${id}`, (_, status) => status === 200);
    assert.match(body, /路地うらの食堂/);
    assert.doesNotMatch(body, /みつばの会の人|寄り合い/);
    // Another is left to be seen by whoever looks at these pages next.
    await page.goto(`${town.origin}/staff/month`);
    await page.locator("summary", { hasText: "書く" }).click();
    await form.locator("#programme").selectOption("gakushu_shien");
    await form.locator("#name").fill("川べりの学び場");
    await form.locator("#teller").fill("川べりの人");
    await form.getByRole("button", { name: "職員向けに残す" }).click();
    await page.locator(".owed li", { hasText: "川べりの学び場" }).waitFor();
    assert.deepEqual(coordinator.faults.filter((fault) => !/status of 4(09|22)/.test(fault)), []);
    await coordinator.close();
  });

  it("holds nothing of another municipality's", async () => {
    const next_door = await office.open_as("tonari.sigen", { address: "/staff/desk" });
    for (const address of pages) {
      await next_door.page.goto(town.origin + address);
      assert.doesNotMatch(await text_of(next_door.page), /路地うら|川べり|東若葉児童館|みつば/);
    }
    await next_door.close();
    const viewer = await office.open_as("eturan", { address: "/staff/desk" });
    assert.equal(await viewer.page.locator("[data-queue]").count(), 0);
    assert.equal((await viewer.page.goto(`${town.origin}/staff/desk/stale`)).status(), 403);
    await viewer.close();
  });
});

for (const language of languages) {
  describe(`the desk in ${language}`, () => {
    it("is accessible, fits, is large enough and asks nothing of others", async () => {
      const looking = await office.open_as("sigen", { size: sizes.phone });
      const { page } = looking;
      const problems = [];
      const look = async (title, address) => {
        await page.setViewportSize(sizes.phone);
        await page.goto(town.origin + in_language(address, language));
        await page.evaluate(() => {
          for (const details of document.querySelectorAll("main details")) details.open = true;
        });
        problems.push(...(await axe_faults(page)).map((one) => `${title}: ${one}`));
        if (title === "desk-links" || title === "desk-finds") assert.ok((await page.locator("li.desk-item").count()) > 0, `${title} is empty`);
        for (const size of Object.values(sizes)) {
          await page.setViewportSize(size);
          const faults = [...(await page.evaluate(sticking_out)).map((one) => `sticks out: ${one}`), ...(await page.evaluate(too_small))];
          problems.push(...faults.map((one) => `${title} at ${size.width}: ${one}`));
          if (size === sizes.phone || language === "ja") await picture(page, `desk-${title}-${language}-${size.width}`);
        }
      };
      for (const address of pages) await look(address.slice("/staff/".length).replaceAll(/[/?=]/g, "-"), address);
      await page.goto(`${town.origin}/staff/desk/stale`);
      await look("service", `/staff/desk/services/${await page.locator("[data-service]").first().getAttribute("data-service")}`);
      await page.goto(`${town.origin}/staff/desk/unlocated`);
      await look("place", `/staff/desk/unlocated/${await page.locator("[data-site]").first().getAttribute("data-site")}`);
      for (const [title, kind] of [["tie", "refers"], ["forum", "forum"]]) {
        await page.goto(`${town.origin}/staff/desk/ties?kind=${kind}`);
        await look(title, new URL(await page.locator("[data-tie] a").first().getAttribute("href"), town.origin).pathname);
      }
      problems.push(...outside(looking.requests, town.origin).map((one) => `asks ${one}`), ...looking.faults);
      assert.deepEqual(problems, []);
      await looking.close();
    });
  });
}
