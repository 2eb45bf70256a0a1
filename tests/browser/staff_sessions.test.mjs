// Sessions that end in the middle of something, and how one gets back to it.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { after, before, describe, it } from "node:test";

import { add_user, fill_sign_in, sign_in, user } from "./support/accounts.mjs";
import { open_page } from "./support/browser.mjs";
import { here, path_of, start_office, submit } from "./support/staff.mjs";

let town;
let browser;
let office;
before(async () => {
  office = await start_office();
  ({ town, browser } = office);
});
after(() => office?.end());

describe("a session that is over", () => {
  // Another password ends all sessions, as time does; no test needs to wait.
  const end_sessions = (name) => user(town, "passwd", name);

  it("says so, and leads back to the page with its conditions", async () => {
    await add_user(town, "jikan", "viewer", here);
    const { page, close } = await open_page(browser);
    await sign_in(page, town, "jikan");
    await end_sessions("jikan");
    await page.goto(`${town.origin}/staff/search?programme=food&day=sat&lang=en`);
    assert.equal(path_of(page), "/staff/sign-in");
    assert.match(await page.locator(".notice").innerText(), /Your session has ended/);
    await fill_sign_in(page, "jikan");
    assert.equal(page.url(), `${town.origin}/staff/search?programme=food&day=sat&lang=en`);
    await close();
  });

  it("loses nothing that was typed into a form, and does nothing of it either", async () => {
    await add_user(town, "kanri", "administrator", here);
    const { page, close } = await open_page(browser, { script: false });
    await sign_in(page, town, "kanri", { address: "/staff/accounts?lang=ja-easy" });
    await page.locator("#name").fill("tochu.no.hito");
    await page.locator("#role").selectOption("planner");
    await end_sessions("kanri");
    await submit(page);
    assert.match(await page.locator(".notice").innerText(), /かわって いません/);
    await fill_sign_in(page, "kanri");
    assert.equal(path_of(page), "/staff/accounts");
    assert.equal(await page.locator("html").getAttribute("lang"), "ja");
    assert.equal(await page.locator("body.lang-ja-easy").count(), 1);
    assert.equal(await page.locator("#name").inputValue(), "tochu.no.hito");
    assert.equal(await page.locator("#role").inputValue(), "planner");
    assert.equal(await page.locator("tbody tr", { hasText: "tochu.no.hito" }).count(), 0);
    await submit(page);
    assert.equal(await page.locator("tbody tr", { hasText: "tochu.no.hito" }).count(), 1);
    await close();
  });

  it("that was begun anew elsewhere refuses the old form, and opens it again as it was", async () => {
    await add_user(town, "futamado", "administrator", here);
    const { page, context, close } = await open_page(browser);
    await sign_in(page, town, "futamado", { address: "/staff/accounts" });
    await page.locator("#name").fill("furui.mado");
    const other = await context.newPage();
    await sign_in(other, town, "futamado", { address: "/staff/sign-in" });
    await submit(page);
    assert.match(await page.locator(".notice").innerText(), /何も変わっていません/);
    await page.getByRole("link", { name: "ページを開き直す" }).click();
    assert.equal(await page.locator("#name").inputValue(), "furui.mado");
    await close();
  });

  it("takes a sign-out for what it is", async () => {
    await add_user(town, "kaeru", "viewer", here);
    const { page, close } = await open_page(browser);
    await sign_in(page, town, "kaeru");
    await end_sessions("kaeru");
    await page.getByRole("button", { name: "サインアウト" }).click();
    assert.equal(path_of(page), "/staff/sign-in");
    assert.equal(await page.locator(".notice").count(), 0);
    await close();
  });

  it("fills no form from the link of another site", async () => {
    const { page, close } = await office.open_as("zentai");
    await page.goto("data:text/html,<a>x</a>");
    await page.evaluate((address) => {
      const link = document.createElement("a");
      link.href = address;
      document.body.append(link);
      link.click();
    }, `${town.origin}/staff/accounts?name=erabareta.namae&role=administrator`);
    await page.waitForURL(/\/staff\//);
    if (path_of(page) === "/staff/accounts") {
      assert.equal(await page.locator("#name").inputValue(), "");
      assert.notEqual(await page.locator("#role").inputValue(), "administrator");
    }
    await close();
  });
});

describe("a session that nobody uses", () => {
  let idle_office;
  before(async () => {
    idle_office = await start_office(["--session-idle", "300"]);
  });
  after(() => idle_office?.end());

  /** As if so many seconds had passed since its last request. */
  const let_pass = (name, seconds) => {
    const accounts = `${idle_office.town.store}.accounts`;
    execFileSync("sqlite3", ["-cmd", ".timeout 5000", accounts, `UPDATE session SET seen_at = seen_at - ${seconds} WHERE account_id = (SELECT account_id FROM account WHERE name = '${name}')`]);
  };

  it("ends when its time is over, not before, and leads back", async () => {
    const { page, close } = await idle_office.open_as("eturan", { address: "/staff/search?programme=food" });
    let_pass("eturan", 200);
    await page.reload();
    assert.equal(path_of(page), "/staff/search");
    let_pass("eturan", 300);
    await page.reload();
    assert.equal(path_of(page), "/staff/sign-in");
    assert.match(await page.locator(".notice").innerText(), /時間が切れました/);
    assert.doesNotMatch(await page.content(), /おむすび/);
    await fill_sign_in(page, "eturan");
    assert.equal(page.url(), `${idle_office.town.origin}/staff/search?programme=food`);
    await close();
  });
});
