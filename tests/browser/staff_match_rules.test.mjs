// A steward copies the rules of the search, changes one without JSON, is told which case speaks against it, and keeps it:
// at both widths, in every language, with and without script.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";

import { add_user } from "./support/accounts.mjs";
import { languages, outside, picture, sizes } from "./support/browser.mjs";
import { axe_faults, in_language, sticking_out, too_small } from "./support/checks.mjs";
import { here, start_office, text_of } from "./support/staff.mjs";

let office;
let copy;
before(async () => {
  office = await start_office();
  await add_user(office.town, "shigen", "steward", here);
});
after(() => office?.end());

/** The address of rules that a steward keeps. */
async function copied() {
  if (!copy) {
    const { page, close } = await office.open_as("shigen", { script: false });
    await page.getByRole("link", { name: /^照会の決まり/ }).click();
    await page.getByRole("link", { name: /写して直す/ }).first().click();
    await page.locator("#name_ja").fill("潮見野の決まり");
    await page.getByRole("button", { name: "写しを保存する" }).click();
    assert.match(await page.locator(".notice-good").innerText(), /第1版を保存しました/);
    copy = new URL(page.url()).pathname;
    await close();
  }
  return copy;
}

describe("rules of the search", () => {
  for (const script of [true, false]) {
    it(`are changed one by one, tried and kept, ${script ? "with" : "without"} script`, async () => {
      const address = await copied();
      const { page, requests, faults, close } = await office.open_as("shigen", { address, script });
      assert.match(await text_of(page), /家から800メートルより近い所を出さない/);
      await page.locator("#rule-neighbours_800m").getByRole("link", { name: /この決まりを直す/ }).click();
      await page.locator("#metres").fill("700");
      await page.getByRole("button", { name: "試す（保存しない）" }).click();
      assert.match(await page.locator(".notice-stop").first().innerText(), /例1が、「出さない」ではなく「出す」になります/);
      assert.equal(await page.locator("#metres").inputValue(), "700");
      assert.match(await page.locator(".rule-cases > li").first().innerText(), /例とちがう：出す/);
      await page.locator("#case0_home").fill("699");
      await page.locator("#case1_home").fill("700");
      await page.getByText("例を足す").click();
      await page.locator("#new_programme").fill("児童館");
      await page.locator("#new_home").fill("100");
      await page.locator('input[name="new_worry"]').check();
      await page.locator("#new_expects").selectOption("excluded");
      await page.getByRole("button", { name: "試す（保存しない）" }).click();
      assert.match(await page.locator(".notice-good").innerText(), /すべての例が、例のとおり/);
      await page.getByRole("button", { name: "新しい版として保存する" }).click();
      assert.match(await page.locator(".notice-good").innerText(), /版を保存しました/);
      assert.match(await text_of(page), /家から700メートルより近い所を出さない/);
      await page.getByRole("link", { name: "第1版" }).click();
      assert.match(await text_of(page), /家から800メートルより近い所を出さない/);
      await page.getByRole("button", { name: "この版に戻す" }).click();
      assert.match(await text_of(page), /家から800メートルより近い所を出さない/);
      assert.deepEqual(outside(requests, office.town.origin), []);
      // A refused form answers 422, which the console calls a failure.
      assert.deepEqual(faults.filter((one) => !/422/.test(one)), []);
      await close();
    });
  }

  for (const language of languages) {
    it(`are accessible, fit and are large enough in ${language}`, async () => {
      const address = await copied();
      const { page, close } = await office.open_as("shigen", { size: sizes.phone });
      const problems = [];
      for (const [name, path, open] of [
        ["rules", "/staff/match/rules", false],
        ["shipped", "/staff/match/rules/default", true],
        ["set", address, true],
        ["rule", `${address}/school_first`, true],
        ["order", `${address}/easily_accepted_first`, true],
        ["after", `${address}/after_nights`, true],
        ["minutes", `${address}/half_an_hour`, true],
        ["prefer", `${address}/infants_at_infant_homes`, true],
        ["new", "/staff/match/rules/new?from=default", false],
        ["unmet", "/staff/unmet", false],
      ]) {
        await page.goto(office.town.origin + in_language(path, language));
        if (open) await page.evaluate(() => document.querySelectorAll("details").forEach((one) => (one.open = true)));
        problems.push(...(await axe_faults(page)).map((one) => `${name}: ${one}`));
        for (const size of [sizes.phone, sizes.desk]) {
          await page.setViewportSize(size);
          problems.push(...[...(await page.evaluate(sticking_out)), ...(await page.evaluate(too_small))].map((one) => `${name} at ${size.width}: ${one}`));
          await picture(page, `staff-rules-${name}-${language}-${size.width}`);
        }
        await page.setViewportSize(sizes.phone);
      }
      assert.deepEqual(problems, []);
      await close();
    });
  }
});
