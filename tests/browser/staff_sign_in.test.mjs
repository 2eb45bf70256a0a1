// Signing in to staff pages, with one step and two. All of it works without script, because staff pages have none.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";

import { add_user, authenticator_code, fill_sign_in, password, sign_in, user } from "./support/accounts.mjs";
import { launch, open_page } from "./support/browser.mjs";
import { here, hidden, path_of, start_office, submit, text_of } from "./support/staff.mjs";

let town;
let browser;
let office;
before(async () => {
  office = await start_office();
  ({ town, browser } = office);
});
after(() => office?.end());

describe("signing in", () => {
  it("says no and keeps the name, then leads to where one was going, with a cookie that no script reads", async () => {
    const { page, context, close } = await open_page(browser);
    await page.goto(`${town.origin}/staff/search?programme=food`);
    assert.equal(path_of(page), "/staff/sign-in");
    await fill_sign_in(page, "eturan", "まちがった 合言葉です");
    assert.equal(path_of(page), "/staff/sign-in");
    assert.match(await page.locator(".notice-stop").innerText(), /名前かパスワードが違う/);
    assert.equal(await page.locator("#name").inputValue(), "eturan");
    assert.equal(await page.locator("#password").inputValue(), "");
    assert.equal(await page.locator("#password").getAttribute("aria-describedby"), await page.locator(".notice-stop").getAttribute("id"));
    await page.locator("#password").fill(password);
    await submit(page);
    assert.equal(page.url(), `${town.origin}/staff/search?programme=food`);
    assert.match(await page.locator(".staff-bar").innerText(), /eturan\s+閲覧者/);

    const cookies = await context.cookies();
    assert.equal(cookies.length, 1);
    const [{ name, httpOnly, secure, sameSite, path, domain, expires }] = cookies;
    assert.deepEqual({ name, httpOnly, secure, sameSite, path, domain, expires }, { name: "__Host-shirube", httpOnly: true, secure: true, sameSite: "Lax", path: "/", domain: "127.0.0.1", expires: -1 });
    const seen = await page.evaluate(async () => ({ cookie: document.cookie, kept: localStorage.length + sessionStorage.length, scripts: document.scripts.length }));
    assert.deepEqual(seen, { cookie: "", kept: 0, scripts: 0 });
    await close();
  });

  it("still leads there in another language, after a slip too", async () => {
    const { page, close } = await open_page(browser);
    await page.goto(`${town.origin}/staff/search?programme=food`);
    await fill_sign_in(page, "eturan", "まちがった 合言葉です");
    await page.locator(".languages a", { hasText: "English" }).click();
    assert.equal(await page.locator("html").getAttribute("lang"), "en");
    await fill_sign_in(page, "eturan");
    assert.equal(page.url(), `${town.origin}/staff/search?programme=food&lang=en`);
    await close();
  });

  it("is left by signing out, and the back button shows nothing of what was seen", async () => {
    const keeping = await launch({ keeps_pages: true });
    const { page, context, close } = await open_page(keeping);
    await sign_in(page, town, "eturan");
    await page.getByRole("link", { name: hidden[0] }).click();
    assert.match(await text_of(page), /夜のおむすび/);
    await page.getByRole("button", { name: "サインアウト" }).click();
    assert.equal(path_of(page), "/staff/sign-in");
    assert.deepEqual(await context.cookies(), []);
    const signed_out = page.url();
    await page.evaluate(() => history.back());
    await page.waitForURL((address) => address.href !== signed_out);
    assert.equal(path_of(page), "/staff/sign-in");
    assert.doesNotMatch(await page.content(), /おむすび/);
    await close();
    await keeping.close();
  });

  it("asks whoever was given a password for one of their own first, and then leads on", async () => {
    const said = await user(town, "add", "hajimete", "--role", "viewer", "--municipality", here, "--generate");
    const { page, close } = await open_page(browser);
    await sign_in(page, town, "hajimete", { word: said.match(/[A-Za-z0-9]+(-[A-Za-z0-9]+){2,}/)[0], address: "/staff/planner?lang=en" });
    assert.equal(path_of(page), "/staff/password");
    assert.equal(await page.locator("html").getAttribute("lang"), "en");
    await page.goto(`${town.origin}/staff/search`);
    assert.equal(path_of(page), "/staff/password");
    await page.goBack();
    await page.locator("#old").fill(said.match(/[A-Za-z0-9]+(-[A-Za-z0-9]+){2,}/)[0]);
    for (const field of ["#new", "#again"]) await page.locator(field).fill(password);
    await submit(page);
    assert.match(await page.locator(".notice").innerText(), /Your password is changed/);
    await page.getByRole("link", { name: "Continue" }).click();
    assert.equal(page.url(), `${town.origin}/staff/planner?lang=en`);
    await close();
  });
});

describe("the second step", () => {
  it("is set up from the key beside the QR code, forgives a slip, and is asked for from then on", async () => {
    await add_user(town, "futatsu", "steward", here);
    const { page, close } = await open_page(browser);
    await sign_in(page, town, "futatsu", { address: "/staff/totp" });
    await page.getByRole("button", { name: "使いはじめる" }).click();
    assert.ok(await page.locator("svg.qr").isVisible());
    const key = await page.locator("code.secret").innerText();
    assert.match(key, /^([A-Z2-7]{4} ?){8}$/);

    const now = authenticator_code(key);
    await page.locator("#code").fill(now === "000000" ? "000001" : "000000");
    await submit(page);
    assert.match(await page.locator(".notice-stop").innerText(), /番号が違います/);
    assert.equal(await page.locator("code.secret").innerText(), key, "nothing has to be scanned anew");
    await page.locator("#code").fill(authenticator_code(key));
    await submit(page);
    const codes = await page.locator(".recovery code").allInnerTexts();
    assert.equal(codes.length, 8);
    assert.equal(new Set(codes).size, 8);
    assert.equal(await page.locator(".languages a").count(), 0, "no link takes away what is shown once");
    await page.getByRole("link", { name: "しまったので、続ける" }).click();
    await page.getByRole("button", { name: "サインアウト" }).click();

    // A code is used once: the next step's is within the clock's tolerance.
    await sign_in(page, town, "futatsu", { address: "/staff/planner" });
    assert.equal(path_of(page), "/staff/code");
    await page.goto(`${town.origin}/staff/search`);
    assert.equal(path_of(page), "/staff/code", "nothing else is open meanwhile");
    assert.doesNotMatch(await page.content(), /おむすび/);
    await page.goBack();
    await page.locator("#code").fill("999999");
    await submit(page);
    assert.match(await page.locator(".notice-stop").innerText(), /番号が違う/);
    await page.locator("#code").fill(authenticator_code(key, Date.now(), 1));
    await submit(page);
    assert.equal(path_of(page), "/staff/planner");
    await page.getByRole("button", { name: "サインアウト" }).click();

    await sign_in(page, town, "futatsu");
    await page.locator("#code").fill(codes[0].toLowerCase());
    await submit(page);
    assert.equal(path_of(page), "/staff");
    await page.goto(`${town.origin}/staff/totp`);
    assert.match(await text_of(page), /残っている予備の番号は 7 個/);
    await page.getByRole("button", { name: "サインアウト" }).click();

    await sign_in(page, town, "futatsu");
    await page.locator("#code").fill(codes[0]);
    await submit(page);
    assert.match(await page.locator(".notice-stop").innerText(), /もう使われています/);
    await close();
  });

  it("shows the way back where the address of its form is opened anew", async () => {
    const { page, close } = await office.open_as("eturan", { address: "/staff/totp?lang=en" });
    await page.getByRole("button", { name: "Turn on" }).click();
    await page.goto(page.url());
    assert.equal(page.url(), `${town.origin}/staff/totp?lang=en`);
    await close();
  });
});
