// Every staff page in every language: accessible, no wider than the screen, large enough, and asking nothing of others.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";

import { add_user, authenticator_code, fill_sign_in, password, user } from "./support/accounts.mjs";
import { languages, open_page, outside, picture, sizes } from "./support/browser.mjs";
import { axe_faults, in_language, sticking_out, too_small } from "./support/checks.mjs";
import { here, hidden, path_of, start_office, strange, submit } from "./support/staff.mjs";

let town;
let browser;
let office;
before(async () => {
  office = await start_office();
  ({ town, browser } = office);
});
after(() => office?.end());

for (const language of languages) {
  describe(`every staff page in ${language}`, () => {
    it("is accessible, fits, is large enough, stays in its language and asks nothing of others", async () => {
      const name = `kanri.${language}`;
      await add_user(town, name, "administrator", here);
      const { page, requests, faults, close } = await open_page(browser, { size: sizes.phone });
      const asked = [];
      page.on("request", (request) => asked.push(request));
      const problems = [];
      const measure = async (title, size) => {
        problems.push(
          ...[...(await page.evaluate(sticking_out)).map((one) => `sticks out: ${one}`), ...(await page.evaluate(too_small))].map((one) => `${title} at ${size.width}: ${one}`),
        );
        // For people to look at; the layout is the same in every language.
        if (size === sizes.phone || language === "ja") await picture(page, `staff-${title}-${language}-${size.width}`);
      };
      // Accessibility is looked at once, since that takes a second, and how a page fits at both widths.
      const look = async (title) => {
        problems.push(...(await axe_faults(page)).map((one) => `${title}: ${one}`));
        if ((await page.locator(`body.lang-${language}`).count()) !== 1) problems.push(`${title}: another language`);
        await measure(title, sizes.phone);
        await page.setViewportSize(sizes.desk);
        await measure(title, sizes.desk);
        await page.setViewportSize(sizes.phone);
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
      for (const [title, address] of [["search", "/staff/search?programme=kodomo_shokudo"], ["planner", "/staff/planner?at=2026-11-21"], ["stages", "/staff/stages?at=2026-11-21"], ["matrix", "/staff/matrix?at=2026-11-21"], ["not-here", "/staff/nothing"], ["password", "/staff/password"]]) {
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
      await page.locator("#name").fill(`hito.${language}`);
      await submit(page);
      await look("accounts-new");
      await page.getByRole("link", { name: `hito.${language}` }).click();
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

describe("staff pages in the dark scheme", () => {
  it("have contrast enough", async () => {
    const { page, close } = await office.open_as("zentai", { size: sizes.desk, scheme: "dark" });
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
