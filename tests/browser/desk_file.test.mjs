// A steward brings in this month's list: without script on a phone, a spreadsheet of Japanese Windows with faults in it,
// seen before anything changes, then accepted, and on the public's page.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { after, before, describe, it } from "node:test";
import { promisify } from "node:util";

import { add_user } from "./support/accounts.mjs";
import { languages, outside, picture, sizes } from "./support/browser.mjs";
import { axe_faults, in_language, sticking_out, too_small } from "./support/checks.mjs";
import { here, path_of, start_office, strange, text_of } from "./support/staff.mjs";
import { binary } from "./support/town.mjs";

let town;
let office;

before(async () => {
  office = await start_office();
  ({ town } = office);
  await add_user(town, "sigen", "steward", here);
  const file = path.join(path.dirname(town.store), "先月.csv");
  await writeFile(file, file_of("先月.csv", months.last).buffer);
  await promisify(execFile)(binary, ["import", "resources", file, "--store", town.store, "--list", "なぎさの一覧", "--licence", "CC BY 4.0", "--as-of", "2026-10-01", "--municipality", here]);
});
after(() => office?.end());

const header = "全国地方公共団体コード,ID,都道府県,市区町村名,名称,住所,緯度,経度,電話番号1,運営団体名,開催頻度,開催曜日,開催日,開催開始時間,開催終了時間,参加費_小学生,予約方法,定員,備考";
const cafeteria = (id, { phone = `000-0000-0${500 + id}`, start = "17:00", lat = (33.126 + (id % 5) / 700).toFixed(4) } = {}) =>
  `992011,${900 + id},標県,潮見野市,なぎさ食堂${id},潮見野市港町2-${id}-1,${lat},${(137.154 + (id % 7) / 900).toFixed(4)},${phone},なぎさの会,毎月,土,第2土曜日,${start},19:00,無料,不要,20,`;
const months = {
  last: ["こども食堂一覧,,,,,,,,,,,,,,,,", header, ...Array.from({ length: 24 }, (_, i) => cafeteria(i + 1))],
  // 1 has moved its telephone, 24 is gone, 30 is new; two cells cannot be read.
  now: [
    "こども食堂一覧,,,,,,,,,,,,,,,,",
    header,
    cafeteria(1, { phone: "000-0000-0999" }),
    ...Array.from({ length: 22 }, (_, i) => cafeteria(i + 2, i === 3 ? { start: "夕方ごろ" } : {})),
    cafeteria(30, { lat: "北のほう" }),
  ],
};

/** CP932, which Node's own encoder does not write: by the letters that its decoder reads. */
const cp932 = (() => {
  const decoder = new TextDecoder("shift_jis");
  const bytes = new Map();
  for (let lead = 0x81; lead <= 0xfc; ++lead) {
    if (lead > 0x9f && lead < 0xe0) continue;
    for (let trail = 0x40; trail <= 0xfc; ++trail) {
      const letter = decoder.decode(Uint8Array.of(lead, trail));
      if (letter.length === 1 && letter !== "\ufffd" && !bytes.has(letter)) bytes.set(letter, [lead, trail]);
    }
  }
  return (text) => Buffer.from([...text].flatMap((letter) => (letter.codePointAt(0) < 0x80 ? [letter.codePointAt(0)] : bytes.get(letter))));
})();
const file_of = (name, lines) => ({ name, mimeType: "text/csv", buffer: cp932(`${lines.join("\r\n")}\r\n`) });

const history = async () => (await promisify(execFile)(binary, ["imports", "--store", town.store])).stdout;
const figures = async (page, kind) => Object.fromEntries(await page.locator(`[data-${kind}]`).evaluateAll((all, name) => all.map((one) => [one.dataset[name], Number(one.querySelector("b").textContent)]), kind));

async function send(page, file) {
  await page.locator("#file").setInputFiles(file);
  await page.locator("#as_of").fill("2026-11-01");
  await page.getByRole("button", { name: "送って中身を見る" }).click();
  await page.locator("#decide, .notice-stop").first().waitFor(); // it comes again by itself
}

async function look_well(page, where) {
  assert.deepEqual(await axe_faults(page), [], where);
  assert.deepEqual(await page.evaluate(sticking_out), [], where);
  assert.deepEqual(await page.evaluate(too_small), [], where);
}

/** Scrolled to the end both ways: row number and name at the left, the header above, and most of the width for the rest. */
async function stays_in_sight(page) {
  const seen = await page.locator(".scroll").first().evaluate((scroll) => {
    scroll.scrollTo(scroll.scrollWidth, scroll.scrollHeight);
    const box = scroll.getBoundingClientRect();
    const last = scroll.querySelector("tbody tr:last-child");
    const place = (element) => element.getBoundingClientRect();
    const solid = (element) => !/transparent|rgba\(.*, 0\)/.test(getComputedStyle(element).backgroundColor);
    const stays = [last.querySelector("th"), last.querySelector(".name"), scroll.querySelector("thead th")];
    const result = { row: place(stays[0]).left - box.left, name: place(stays[1]).left - place(stays[0]).right, taken: (place(stays[1]).right - box.left) / box.width, head: place(stays[2]).top - box.top, solid: stays.every(solid), moved: scroll.scrollLeft > 0 };
    scroll.scrollTo(0, 0);
    return result;
  });
  assert.ok(seen.moved, "nothing scrolls");
  assert.ok(Math.abs(seen.row) < 2 && Math.abs(seen.name) < 1 && Math.abs(seen.head) < 2 && seen.solid && seen.taken <= 0.45, JSON.stringify(seen));
}

describe("a file", () => {
  it("is seen before it is taken, without script on a phone", async () => {
    const steward = await office.open_as("sigen", { script: false, size: sizes.phone, address: "/staff/desk" });
    const { page } = steward;
    const asked = [];
    page.on("request", (request) => asked.push(request));
    await page.getByRole("link", { name: "ファイルから取り込む" }).click();
    assert.equal(path_of(page), "/staff/desk/file");
    const imports = await history();
    await send(page, file_of("今月.csv", months.now));
    assert.match(await text_of(page), /Shift_JIS \(CP932\)/);
    assert.match(await text_of(page), /なぎさの一覧\s+この台帳の新しい版です/);
    assert.match(await text_of(page), /見出しは 2 行目、その下に 24 行/);
    assert.deepEqual(await figures(page, "change"), { added: 1, changed: 2, gone: 1, same: 21 });
    // Problems first, each at its very cell.
    const bad = page.locator("td.bad");
    assert.match((await bad.allInnerTexts()).join(" "), /夕方ごろ/);
    assert.match((await bad.allInnerTexts()).join(" "), /北のほう/);
    assert.doesNotMatch(await page.locator("tbody tr").first().getAttribute("class"), /fate-taken/);
    assert.match((await page.locator(".said q").allInnerTexts()).join(" "), /北のほう/);
    await stays_in_sight(page);
    assert.match(await page.locator(".file-changes").innerText(), /なぎさ食堂24/);
    assert.match(await page.locator(".file-changes").innerText(), /000-0000-0501 → 000-0000-0999/);
    assert.ok((await page.locator(".file-dot-known").count()) > 20);
    assert.equal(await history(), imports);

    await page.getByRole("button", { name: "取り込む", exact: true }).click();
    await page.locator(".notice-good").waitFor();
    assert.match(await text_of(page), /番号は \d+ です[\s\S]*shirube undo \d+/);
    assert.equal((await history()).slice(imports.length).match(/今月\.csv/g)?.length, 1);
    assert.deepEqual(strange(asked).filter((one) => !one.url().startsWith("data:")).map((one) => one.url()), []);
    assert.deepEqual(outside(steward.requests, town.origin), []);
    await steward.close();
  });

  it("is accessible, fits and is drawn at every size and in every language", async () => {
    for (const size of ["phone", "desk"]) {
      const steward = await office.open_as("sigen", { size: sizes[size], address: "/staff/desk/file" });
      const { page, faults } = steward;
      for (const language of languages) {
        await page.goto(town.origin + in_language("/staff/desk/file", language));
        await look_well(page, `form ${language} ${size}`);
      }
      if (size === "phone") await picture(page, "desk-file-form-phone-en");
      await page.goto(`${town.origin}/staff/desk/file?lang=ja`);
      await picture(page, `desk-file-form-${size}`);
      await send(page, file_of("半分.csv", months.now.slice(0, 14)));
      const address = new URL(page.url()).pathname;
      for (const language of languages) {
        await page.goto(town.origin + in_language(address, language));
        await look_well(page, `preview ${language} ${size}`);
        await picture(page, `desk-file-preview-${size}-${language}`);
      }
      await page.goto(`${town.origin}${address}?lang=ja`);
      assert.match(await page.locator(".notice-stop").first().innerText(), /今ある 24 行のうち/);
      await page.getByRole("button", { name: "取り込む", exact: true }).click();
      assert.match(await page.locator(".notice-stop").first().innerText(), /印を付けて/);
      await page.getByRole("button", { name: "やめる" }).click();
      assert.equal(path_of(page), "/staff/desk/file");
      // What was accepted with rows that were not taken: which, and what to do.
      await send(page, file_of(`名前のない行${size}.csv`, [...months.now, cafeteria(31).replace("なぎさ食堂31", "")]));
      await page.getByRole("button", { name: "取り込む", exact: true }).click();
      await page.locator(".notice-good").waitFor();
      assert.match(await page.locator(".file-left").innerText(), /27 行目[\s\S]*名称がありません/);
      const done = new URL(page.url()).pathname;
      for (const language of languages) {
        await page.goto(town.origin + in_language(done, language));
        await look_well(page, `written ${language} ${size}`);
      }
      await page.goto(`${town.origin}${done}?lang=ja`);
      await picture(page, `desk-file-written-${size}`);
      await page.getByRole("button", { name: "この知らせを消す" }).click();
      await send(page, { name: "絵.csv", mimeType: "text/csv", buffer: Buffer.from("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "latin1") });
      await look_well(page, `fault ${size}`);
      await picture(page, `desk-file-fault-${size}`);
      await page.getByRole("button", { name: "ファイルを消す" }).click();
      assert.deepEqual(faults.filter((fault) => !/40[49]|422/.test(fault)), []);
      await steward.close();
    }
  });
});
