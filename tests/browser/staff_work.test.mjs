// What staff do when they are signed in: an administrator's day, and who sees what of the field's list.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";

import { add_user, fill_sign_in, sign_in } from "./support/accounts.mjs";
import { open_page, outside } from "./support/browser.mjs";
import { here, hidden, path_of, start_office, strange, submit, text_of } from "./support/staff.mjs";

let town;
let browser;
let office;
before(async () => {
  office = await start_office();
  ({ town, browser } = office);
});
after(() => office?.end());

describe("an administrator's day", () => {
  it("adds somebody, hands over a password, changes a role, disables, and reads what was done", async () => {
    const admin = await office.open_as("zentai", { script: false });
    const { page } = admin;
    assert.match(await text_of(page), /公開していないものは見えません/);
    await page.getByRole("link", { name: /^利用者/ }).click();

    await page.locator("#name").fill("あたらしい");
    await page.locator("#role").selectOption("caseworker");
    await page.locator("#municipality").fill(here);
    await submit(page);
    assert.match(await page.locator(".notice-stop").innerText(), /半角の英小文字/);
    assert.deepEqual([await page.locator("#name").inputValue(), await page.locator("#role").inputValue(), await page.locator("#municipality").inputValue()], ["あたらしい", "caseworker", here]);
    await page.locator("#name").fill("atarashii");
    await submit(page);
    const given = await page.locator("code.secret").innerText();
    assert.match(await page.locator(".notice-good").innerText(), /atarashii の新しいパスワード/);
    assert.equal(await page.locator(".languages a").count(), 0);

    const person = await open_page(browser);
    await sign_in(person.page, town, "atarashii", { word: given });
    assert.equal(path_of(person.page), "/staff/password");
    await person.page.locator("#old").fill(given);
    await person.page.locator("#new").fill("私の 長い 合言葉は 渡り鳥");
    await person.page.locator("#again").fill("私の 長い 合言葉は 鳥渡り");
    await submit(person.page);
    assert.match(await person.page.locator(".notice-stop").innerText(), /同じではありません/);
    await person.page.locator("#old").fill(given);
    for (const field of ["#new", "#again"]) await person.page.locator(field).fill("私の 長い 合言葉は 渡り鳥");
    await submit(person.page);
    await person.page.getByRole("link", { name: "続ける" }).click();
    assert.match(await text_of(person.page), /潮見野市のケースワーカー/);

    await page.getByRole("link", { name: "atarashii" }).click();
    await page.locator("#role").selectOption("planner");
    await page.getByRole("button", { name: "役割を変える" }).click();
    assert.match(await page.locator(".facts").innerText(), /企画担当/);
    await person.page.reload();
    assert.equal(path_of(person.page), "/staff/sign-in", "with another role another session");
    await fill_sign_in(person.page, "atarashii", "私の 長い 合言葉は 渡り鳥");
    assert.match(await text_of(person.page), /潮見野市の企画担当/);

    await page.getByRole("button", { name: "停止する" }).click();
    assert.match(await page.locator(".facts").innerText(), /停止中/);
    await person.page.reload();
    assert.equal(path_of(person.page), "/staff/sign-in");
    await fill_sign_in(person.page, "atarashii", "私の 長い 合言葉は 渡り鳥");
    assert.match(await person.page.locator(".notice-stop").innerText(), /名前かパスワードが違うか、使えない名前/);
    await person.close();

    await page.goto(`${town.origin}/staff/audit`);
    const log = await page.locator(".staff-table").innerText();
    for (const words of ["利用者を加えた", "atarashii: ケースワーカー 99201", "パスワードを変えた", "ケースワーカー 99201 → 企画担当 99201", "利用者を停止した", "サインインできなかった", "サーバーでの操作"]) assert.ok(log.includes(words), words);
    assert.doesNotMatch(await page.content(), /合言葉|渡り鳥|127\.0\.0\.1|おむすび/);
    await admin.close();
  });

  it("is no day for a viewer", async () => {
    const { page, close } = await office.open_as("eturan");
    assert.equal(await page.getByRole("link", { name: /利用者/ }).count(), 0);
    for (const address of ["/staff/accounts", "/staff/accounts/1", "/staff/audit"]) {
      const answer = await page.goto(town.origin + address);
      assert.equal(answer.status(), 403);
      assert.match(await text_of(page), /あなたの役割では開けません/);
      assert.doesNotMatch(await page.content(), /zentai/);
    }
    await page.locator("main").getByRole("link", { name: "職員のページ" }).click();
    assert.equal(path_of(page), "/staff");
    await close();
  });

  it("ends at the border of one's municipality", async () => {
    await add_user(town, "kanri.here", "administrator", here);
    const { page, close } = await open_page(browser);
    await sign_in(page, town, "kanri.here", { address: "/staff/accounts" });
    assert.equal(await page.locator("tbody tr", { hasText: "tonari" }).count(), 0);
    assert.equal(await page.locator("#municipality").count(), 0, "there is nothing to choose");
    await page.getByRole("link", { name: "kanri.here" }).click();
    assert.match(await text_of(page), /これはあなた自身です/);
    assert.equal(await page.getByRole("button", { name: "停止する" }).count(), 0);
    await close();
  });
});

describe("what the field's list holds", () => {
  it("is seen by the municipality's staff, without script too, and asks for nothing but pages", async () => {
    for (const script of [true, false]) {
      const { page, requests, faults, close } = await office.open_as("eturan", { script, address: undefined });
      const asked = [];
      page.on("request", (request) => asked.push(request));
      for (const name of hidden) {
        await page.goto(`${town.origin}/staff`);
        await page.getByRole("link", { name }).click();
        assert.match(path_of(page), /^\/staff\/services\//);
        assert.match(await page.locator("main .badge-hidden").innerText(), /職員だけに見せています/);
      }
      assert.match(await text_of(page), /こども家庭センターの地区担当から/);
      await page.getByRole("link", { name: "資源をさがす" }).click();
      assert.equal(await page.locator('input[name="place"]').count(), 0, "no place is taken here");
      await page.goto(`${town.origin}/staff/search?q=${encodeURIComponent("おむすび")}`);
      assert.match(await text_of(page), /夜のおむすび/);
      await page.goto(`${town.origin}/staff/planner`);
      assert.ok(await page.locator("svg.drawing").isVisible());
      await page.locator("tr[data-code] a").first().click();
      assert.match(path_of(page), /^\/staff\/districts\//);
      assert.deepEqual(strange(asked).map((one) => `${one.resourceType()} ${one.url()}`), []);
      assert.deepEqual(outside(requests, town.origin), []);
      assert.deepEqual(faults, []);
      await close();
    }
  });

  it("is not there for the public, nor for the neighbour's staff", async () => {
    const { page, close } = await office.open_as("eturan");
    const addresses = [];
    for (const name of hidden) {
      await page.goto(`${town.origin}/staff`);
      addresses.push(new URL(await page.getByRole("link", { name }).getAttribute("href"), town.origin).pathname);
    }
    await close();
    const next_door = await office.open_as("tonari");
    for (const seen of [next_door.page, (await open_page(browser)).page]) {
      const is_public = seen !== next_door.page;
      const prefix = is_public ? "" : "/staff";
      for (const address of [`${prefix}/search?programme=kodomo_shokudo`, `${prefix}/search?programme=gakushu_shien`, `${prefix}/search?q=%E3%81%8A%E3%82%80%E3%81%99%E3%81%B3`, `${prefix}/planner?policy=cafeteria_per_chugakkoku`, is_public ? "/" : "/staff"]) {
        await seen.goto(town.origin + address);
        for (const name of hidden) assert.ok(!(await seen.content()).includes(name), `${address}: ${name}`);
      }
      for (const address of addresses) {
        const answer = await seen.goto(town.origin + address.replace("/staff", prefix));
        assert.equal(answer.status(), 404, address);
        for (const name of hidden) assert.ok(!(await seen.content()).includes(name), address);
      }
      await seen.context().close();
    }
    for (const address of ["/api/v1/resources?q=おむすび", "/api/v1/suggest?q=おむすび"]) {
      assert.doesNotMatch(await (await fetch(town.origin + address)).text(), /夜のおむすび/);
    }
  });
});
