// The tables by municipality: what the API says, cell by cell; what stays in sight while one scrolls; what tells without
// colour; where cells lead.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";

import { launch, open_page, sizes } from "./support/browser.mjs";
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

const number = (text) => Number(/\d+/.exec(text)?.[0] ?? 0);

describe("the stage table", () => {
  it("shows every cell as the API has it, by programme and by department", async () => {
    const { page, close } = await open_page(browser, { script: false });
    for (const by of ["programme", "department"]) {
      const asked = `municipality=99201&at=2026-11-21&by=${by}`;
      const answer = await town.json(`/api/v1/stages?${asked}`);
      await page.goto(`${town.origin}/stages?${asked}&lang=en`);
      const shown = await page.locator("tr[data-programme]").evaluateAll((rows) =>
        rows.map((row) => ({
          programme: row.dataset.programme,
          department: row.dataset.department,
          cells: [...row.querySelectorAll("td")].map((cell) => [cell.dataset.presence, cell.querySelector(".count")?.textContent ?? ""]),
        })),
      );
      const told = answer.groups.flatMap((group) => group.rows.map((row) => ({ ...row, department: group.department ?? "" })));
      assert.equal(shown.length, told.length);
      for (const [i, row] of told.entries()) {
        assert.equal(shown[i].programme, row.programme);
        assert.equal(shown[i].department, row.department);
        assert.deepEqual(shown[i].cells.map(([presence]) => presence), row.cells.map((cell) => cell.presence));
        assert.deepEqual(
          shown[i].cells.map(([, text]) => number(text)),
          row.cells.map((cell) => (cell.presence === "some" ? cell.surely : cell.presence === "possible" ? cell.possibly : 0)),
        );
      }
    }
    await close();
  });

  it("leads from a cell to the services that it counts", async () => {
    const { page, close } = await open_page(browser, { script: false });
    await page.goto(`${town.origin}/stages?municipality=99201&at=2026-11-21&lang=en`);
    const cell = page.locator('tr[data-programme="shien_kyoten"] td[data-stage="infant"] a.count');
    const counted = (await cell.innerText()).match(/\d+/g).map(Number).reduce((sum, one) => sum + one, 0);
    await cell.click();
    assert.match(page.url(), /\/search\?.*programme=shien_kyoten.*municipality=99201.*stage=infant/);
    const found = await town.json(`/api/v1/resources${new URL(page.url()).search}&limit=100`);
    const open = [...found.features, ...found.without_position.features].filter((one) => one.properties.status !== "suspended");
    assert.equal(open.length, counted);
    assert.ok((await page.locator("body").innerText()).includes("潮見野市"));
    await close();
  });

  it("tells the municipality of which no list speaks from the one that has nothing, without colour", async () => {
    const { page, close } = await open_page(browser, { script: false });
    await page.goto(`${town.origin}/stages?municipality=99341&at=2026-11-21`);
    const looks = await page.locator("td[data-presence]").evaluateAll((cells) =>
      Object.fromEntries(cells.map((cell) => [cell.dataset.presence, { pattern: getComputedStyle(cell).backgroundImage, frame: getComputedStyle(cell).boxShadow, words: cell.querySelector(".word")?.textContent ?? "" }])),
    );
    assert.match(looks.none.pattern, /repeating-linear-gradient/);
    assert.notEqual(looks.none.frame, "none");
    assert.match(looks.unknown.pattern, /radial-gradient/);
    assert.equal(looks.unknown.frame, "none");
    assert.equal(looks.none.words, "なし");
    assert.equal(looks.unknown.words, "不明");
    await close();
  });
});

describe("the matrix", () => {
  it("shows every cell as the API has it, and sums that add up", async () => {
    const { page, close } = await open_page(browser, { script: false });
    for (const asked of ["at=2026-11-21", "at=2026-11-21&year=2024", "at=2026-11-21&family=food"]) {
      const answer = await town.json(`/api/v1/matrix?${asked}`);
      await page.goto(`${town.origin}/matrix?${asked}`);
      const shown = await page.locator("tr[data-municipality]").evaluateAll((rows) => rows.map((row) => [row.dataset.municipality, [...row.querySelectorAll("td")].map((cell) => cell.dataset.presence)]));
      assert.deepEqual(shown, answer.municipalities.map((one) => [one.code, one.cells.map((cell) => cell.presence)]));
      const sums = await page.locator("td[data-sum]").evaluateAll((cells) => cells.map((cell) => Number(cell.textContent)));
      assert.equal(sums.reduce((all, one) => all + one, 0), answer.municipalities.length * answer.programmes.length);
    }
    await close();
  });

  it("keeps municipality and programme in sight while one scrolls inside its region, the page itself does not move", async () => {
    for (const size of Object.values(sizes)) {
      const { page, close } = await open_page(browser, { size });
      await page.goto(`${town.origin}/matrix?at=2026-11-21&lang=en`);
      const seen = await page.locator(".matrix-scroll").evaluate((region) => {
        region.scrollTo(500, 200);
        const box = region.getBoundingClientRect();
        const row = region.querySelector("tr[data-municipality] th").getBoundingClientRect();
        const head = region.querySelector("th[data-programme]").getBoundingClientRect();
        return { scrolled: region.scrollLeft, left: row.left - box.left, top: head.top - box.top, page: document.documentElement.scrollWidth - document.documentElement.clientWidth };
      });
      assert.ok(seen.scrolled > 0);
      assert.ok(seen.left >= 0 && seen.left < 3, `row head at ${seen.left}`);
      assert.ok(seen.top >= 0 && seen.top < 60, `column head at ${seen.top}`);
      assert.equal(seen.page, 0);
      await close();
    }
  });

  it("marks what came and went, and leads to the municipality's stages", async () => {
    const { page, close } = await open_page(browser, { script: false });
    // 標川児童館 ended on 2024-03-31, before the first of April.
    const answer = await town.json("/api/v1/matrix?year=2024&at=2026-11-21");
    const column = answer.programmes.findIndex((one) => one.programme === "jidokan");
    const cell = answer.municipalities.find((one) => one.code === "99201").cells[column];
    assert.equal(cell.went, 1);
    await page.goto(`${town.origin}/matrix?year=2024&at=2026-11-21`);
    const shown = page.locator('tr[data-municipality="99201"] td').nth(column);
    assert.ok((await shown.innerText()).includes("▽1"));
    await page.locator('tr[data-municipality="99341"] th a').click();
    assert.match(page.url(), /\/stages\?municipality=99341/);
    await close();
  });
});
