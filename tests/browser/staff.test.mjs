// Staff pages as people use them: signing in with one step and two, an administrator's day, sessions that end in the
// middle of something, and who sees what of the field's list. All of it works without script, because staff pages have
// none.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";

import { add_user, authenticator_code, fill_sign_in, password, sign_in, user } from "./support/accounts.mjs";
import { launch, languages, open_page, outside, picture, sizes } from "./support/browser.mjs";
import { axe_faults, in_language, sticking_out, too_small } from "./support/checks.mjs";
import { start_town } from "./support/town.mjs";

const here = "99201";
const neighbour = "99341";
const hidden = ["夜のおむすび", "路地裏の勉強会"];

let town;
let browser;
before(async () => {
  // One machine stands for many people here: its failures and requests are not counted as one client's.
  town = await start_town(["--client-failures-before-wait", "1000", "--rate-per-account", "0"]);
  browser = await launch();
  await add_user(town, "zentai", "administrator");
  await add_user(town, "eturan", "viewer", here);
  await add_user(town, "tonari", "viewer", neighbour);
});
after(async () => {
  await browser?.close();
  await town?.end();
});

const path_of = (page) => new URL(page.url()).pathname;
const text_of = (page) => page.locator("body").innerText();
const submit = (page) => page.locator('.staff-form button[type="submit"]').click();

/** Where a browser may look: pages, and what they look like. */
const strange = (requests) => requests.filter((one) => !["document", "stylesheet", "font"].includes(one.resourceType()) && !/\/static\/icons\/shirube\.svg\?/.test(one.url()));

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
    const { page, close } = await open_page(browser);
    await sign_in(page, town, "eturan", { address: "/staff/totp?lang=en" });
    await page.getByRole("button", { name: "Turn on" }).click();
    await page.goto(page.url());
    assert.equal(page.url(), `${town.origin}/staff/totp?lang=en`);
    await close();
  });
});

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
    const { page, close } = await open_page(browser);
    await sign_in(page, town, "zentai");
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

describe("an administrator's day", () => {
  it("adds somebody, hands over a password, changes a role, disables, and reads what was done", async () => {
    const admin = await open_page(browser, { script: false });
    const { page } = admin;
    await sign_in(page, town, "zentai");
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
    const { page, close } = await open_page(browser);
    await sign_in(page, town, "eturan");
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
      const { page, requests, faults, close } = await open_page(browser, { script });
      const asked = [];
      page.on("request", (request) => asked.push(request));
      await sign_in(page, town, "eturan");
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
    const { page, close } = await open_page(browser);
    await sign_in(page, town, "eturan");
    const addresses = [];
    for (const name of hidden) {
      await page.goto(`${town.origin}/staff`);
      addresses.push(new URL(await page.getByRole("link", { name }).getAttribute("href"), town.origin).pathname);
    }
    await close();
    const next_door = await open_page(browser);
    await sign_in(next_door.page, town, "tonari");
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

for (const [size_name, size] of Object.entries(sizes)) {
  for (const language of languages) {
    describe(`every staff page in ${language} on a ${size_name}`, () => {
      it("is accessible, fits, is large enough, stays in its language and asks nothing of others", async () => {
        const name = `kanri.${language}.${size.width}`;
        await add_user(town, name, "administrator", here);
        const { page, requests, faults, close } = await open_page(browser, { size });
        const asked = [];
        page.on("request", (request) => asked.push(request));
        const problems = [];
        const look = async (title) => {
          problems.push(
            ...[
              ...(await axe_faults(page)),
              ...(await page.evaluate(sticking_out)).map((one) => `sticks out: ${one}`),
              ...(await page.evaluate(too_small)),
              ...((await page.locator(`body.lang-${language}`).count()) === 1 ? [] : ["another language"]),
            ].map((one) => `${title}: ${one}`),
          );
          await picture(page, `staff-${title}-${language}-${size.width}`);
        };
        const go = (address) => page.goto(town.origin + in_language(address, language));
        const button = (nth = 0) => page.locator("main form button").nth(nth);

        await go("/staff");
        await look("sign-in");
        await fill_sign_in(page, name, "まちがった 合言葉です");
        await look("sign-in-wrong");
        await fill_sign_in(page, name);
        await look("home");
        await page.getByRole("link", { name: hidden[1] }).click();
        await look("service");
        for (const [title, address] of [["search", "/staff/search?programme=kodomo_shokudo"], ["planner", "/staff/planner?at=2026-11-21"], ["not-here", "/staff/nothing"], ["password", "/staff/password"]]) {
          await go(address);
          await look(title);
        }
        await page.locator("#old").fill(password);
        for (const field of ["#new", "#again"]) await page.locator(field).fill("aaaaaaaaaaaaaaaa");
        await submit(page);
        await look("password-common");

        await go("/staff/totp");
        await look("totp-off");
        await button().click();
        await look("totp-setup");
        const key = await page.locator("code.secret").innerText();
        await page.locator("#code").fill("12");
        await submit(page);
        await look("totp-wrong");
        await page.locator("#code").fill(authenticator_code(key));
        await submit(page);
        await look("totp-codes");
        const [code] = await page.locator(".recovery code").allInnerTexts();
        await go("/staff/totp");
        await look("totp-on");

        await go("/staff/accounts");
        await page.locator("#name").fill("no");
        await submit(page);
        await look("accounts-wrong");
        await page.locator("#name").fill(`hito.${language}.${size.width}`);
        await submit(page);
        await look("accounts-new");
        await page.getByRole("link", { name: `hito.${language}.${size.width}` }).click();
        await look("account");
        await page.locator(".staff-changes button").nth(1).click();
        await look("account-disabled");
        await page.locator(".staff-changes button").first().click();
        await look("account-password");
        await go("/staff/accounts");
        await page.getByRole("link", { name }).click();
        await look("account-own");
        await go("/staff/audit");
        await look("audit");

        await page.locator(".staff-bar button").click();
        await fill_sign_in(page, name);
        await look("code");
        await page.locator("#code").fill("000");
        await submit(page);
        await look("code-wrong");
        await page.locator("#code").fill(code);
        await submit(page);
        assert.equal(path_of(page), "/staff");
        await user(town, "passwd", name);
        await go("/staff/accounts");
        await look("session-over");

        problems.push(...strange(asked).map((one) => `asks ${one.resourceType()} ${one.url()}`), ...outside(requests, town.origin).map((one) => `asks ${one}`));
        problems.push(...faults.filter((fault) => !/status of 4(01|03|04|22)/.test(fault)));
        assert.deepEqual(problems, []);
        await close();
      });
    });
  }
}

describe("staff pages in the dark scheme", () => {
  it("have contrast enough", async () => {
    const { page, close } = await open_page(browser, { size: sizes.phone, scheme: "dark" });
    await sign_in(page, town, "zentai");
    const problems = [];
    for (const address of ["/staff", "/staff/accounts", "/staff/accounts/2", "/staff/audit", "/staff/password", "/staff/totp"]) {
      await page.goto(town.origin + address);
      problems.push(...(await axe_faults(page)).map((one) => `${address}: ${one}`));
      await picture(page, `staff-dark-${address.replaceAll("/", "-")}`);
    }
    assert.deepEqual(problems, []);
    await close();
  });
});
