import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";

import { colours_of, languages, launch, open_page, outside, sizes } from "./support/browser.mjs";
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

const question = "policy=base_per_chugakkoku&layer=chugakkoku&at=2026-11-21";
const number = (text) => (text === "—" ? null : Number(text.replaceAll(",", "")));
const grouped = (count) => String(count).replace(/\B(?=(\d{3})+$)/g, ",");
/** A figure as pages say it, between what is sure and what is possible. */
const between = (least, most, write) =>
  most === null ? "—" : least === most || write(least) === write(most) ? write(most) : `多くて${write(most)}、少なくて${write(least)}`;
const percent = (share) => `${(share * 100).toFixed(1)}%`;

async function rows(page) {
  return page.locator("tr[data-code]").evaluateAll((all) =>
    all.map((row) => {
      const told = (field) => {
        const cell = row.querySelector(`[data-field="${field}"]`).cloneNode(true);
        for (const hidden of cell.querySelectorAll(".vh")) hidden.remove();
        return cell.textContent.trim();
      };
      return {
        code: row.dataset.code,
        tier: row.dataset.tier,
        services: told("services"),
        children: told("children"),
        not_reached: told("not_reached"),
        share: told("share_covered"),
      };
    }),
  );
}

for (const script of [false, true]) {
  describe(`the coverage table ${script ? "with" : "without"} script`, () => {
    it("gives the figures of the API, district by district, most children out of reach first", async () => {
      const { page, close } = await open_page(browser, { script });
      for (const policy of (await town.json("/api/v1/policies")).policies) {
        const asked = `policy=${policy.id}&layer=chugakkoku&at=2026-11-21`;
        await page.goto(`${town.origin}/planner?${asked}`);
        const answer = await town.json(`/api/v1/coverage?${asked}`);
        const shown = await rows(page);
        assert.equal(shown.length, answer.districts.length);
        for (const row of shown) {
          const district = answer.districts.find((one) => one.code === row.code);
          assert.equal(row.tier, district.tier);
          assert.equal(number(row.services), district.tier === "no_data" ? null : district.services);
          assert.equal(number(row.children), district.children);
          const { children, children_covered: surely, children_covered_at_most: possibly } = district;
          const withheld = district.notes.includes("withheld");
          if (withheld) {
            assert.equal(row.not_reached, "秘匿");
            continue;
          }
          const known = children !== null && surely !== null;
          assert.equal(row.not_reached, between(known ? children - possibly : null, known ? children - surely : null, grouped));
          assert.equal(row.share, between(district.share_covered, district.share_covered_at_most, percent));
        }
        const left_out = shown.map((row) => Number((row.not_reached.match(/[\d,]+/)?.[0] ?? "-1").replaceAll(",", "")));
        assert.deepEqual(left_out, left_out.toSorted((a, b) => b - a));
        const blanks = await page.locator(".blank-list li").count();
        assert.equal(blanks, answer.districts.filter((one) => one.tier === "blank").length);
        assert.equal(Number(await page.locator(".figure-blank b").innerText()), blanks);
      }
      await close();
    });
  });
}

describe("the coverage table on a narrow screen", () => {
  // 1280 px at 400 % is 320 px.
  for (const [width, height] of [[390, 844], [320, 640]]) {
    for (const language of languages) {
      it(`is a card a district at ${width} px in ${language}, and nothing scrolls sideways`, async () => {
        const { page, close } = await open_page(browser, { size: { width, height }, script: false });
        for (const path of [`/planner?${question}&lang=${language}`, `/districts/chugakkoku/${encodeURIComponent("99201-標川中学校")}?lang=${language}`]) {
          await page.goto(`${town.origin}${path}`);
          assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= width, path);
          const cut = await page.locator("table.cards :is(th, td)").evaluateAll((cells, width) => {
            const wrong = [];
            for (const cell of cells) {
              const box = cell.getBoundingClientRect();
              if (!cell.closest("thead") && box.width > 0 && (box.right > width || box.left < 0 || cell.scrollWidth > cell.clientWidth + 1)) {
                wrong.push(`${cell.dataset.field ?? cell.textContent.trim()} ${box.left}-${box.right}`);
              }
            }
            return wrong;
          }, width);
          assert.deepEqual(cut, [], path);
          // It stays a table, with its rows, its heads and their names.
          const table = page.getByRole("table").first();
          assert.ok((await table.getByRole("row").count()) > 2, path);
          assert.ok((await table.getByRole("columnheader").count()) >= 7, path);
          assert.ok((await table.getByRole("rowheader").count()) >= 2, path);
        }
        await page.goto(`${town.origin}/planner?${question}&lang=${language}`);
        // In each card the name, the answer, who is not reached and the places stand first.
        const order = await page.locator("tr[data-code]").first().evaluate((row) =>
          [...row.children].filter((cell) => cell.getBoundingClientRect().height > 0).map((cell) => ({ field: cell.dataset.field ?? cell.tagName, top: cell.getBoundingClientRect().top })).sort((a, b) => a.top - b.top).slice(0, 4).map((cell) => cell.field),
        );
        assert.deepEqual(new Set(order), new Set(["TH", "tier", "not_reached", "services"]));
        await close();
      });
    }
  }
});

describe("names on the drawing", () => {
  it("never lie on one another, and the map says those of districts with most children out of reach", async () => {
    const { page, close } = await open_page(browser, { script: false });
    await page.goto(`${town.origin}/planner?${question}`);
    const names = await page.locator("svg.drawing text.district-name").evaluateAll((all) =>
      all.map((text) => ({ name: text.textContent, box: text.getBoundingClientRect().toJSON() })),
    );
    assert.ok(names.length > 3);
    for (const [i, one] of names.entries()) {
      for (const other of names.slice(i + 1)) {
        const apart =
          one.box.right <= other.box.left || other.box.right <= one.box.left || one.box.bottom <= other.box.top + 6 || other.box.bottom <= one.box.top + 6;
        assert.ok(apart, `${one.name} lies on ${other.name}`);
      }
    }
    const first = await page.locator("tr[data-lon] th a").first().innerText();
    assert.ok(names.some(({ name }) => name === first), "the first of the table has its name");
    await close();
  });

  it("and the key of squares has room between its squares", async () => {
    const { page, close } = await open_page(browser, { script: false });
    for (const language of languages) {
      await page.goto(`${town.origin}/planner?${question}&lang=${language}`);
      const first = await page.locator(".children-key text").first().boundingBox();
      const second = await page.locator(".children-key rect").nth(1).boundingBox();
      const third = await page.locator(".children-key rect").first().boundingBox();
      assert.ok(second.x - (first.x + first.width) > third.width, language);
    }
    await close();
  });
});

describe("the coverage map", () => {
  it("is drawn by the server where there is no script, each district in its tier's pattern", async () => {
    const { page, requests, close } = await open_page(browser, { script: false });
    await page.goto(`${town.origin}/planner?${question}`);
    const answer = await town.json(`/api/v1/coverage?${question}`);
    assert.equal(await page.locator("svg.drawing path.district").count(), answer.districts.length);
    for (const district of new Set(answer.districts.map((one) => one.tier))) {
      const count = answer.districts.filter((one) => one.tier === district).length;
      assert.equal(await page.locator(`svg.drawing path[fill="url(#tier-${district})"]`).count(), count);
    }
    assert.ok(await page.locator("svg.drawing").isVisible());
    assert.deepEqual(outside(requests, town.origin), []);
    await close();
  });

  it("is drawn by MapLibre from our own tiles where there is, and blank areas keep their numbers", async () => {
    const { page, requests, faults, close } = await open_page(browser);
    await page.goto(`${town.origin}/planner?${question}`);
    await page.locator('[data-coverage-map][data-drawn="yes"]').waitFor({ timeout: 30_000 });
    assert.ok((await colours_of(page, page.locator(".coverage-map canvas"))) > 8, "patterns of several tiers");
    assert.ok(requests.some((address) => /\/tiles\/chugakkoku\/\d+\/\d+\/\d+\.mvt$/.test(address)));
    assert.deepEqual(outside(requests, town.origin), []);
    assert.deepEqual(
      await page.locator(".marker-blank").allTextContents(),
      await page.locator(".blank-list .number").allTextContents(),
    );
    assert.deepEqual(faults, []);
    await close();
  });

  it("shows a district's row when it is clicked", async () => {
    const { page, close } = await open_page(browser);
    await page.goto(`${town.origin}/planner?${question}`);
    await page.locator('[data-coverage-map][data-drawn="yes"]').waitFor({ timeout: 30_000 });
    await page.locator(".coverage-map canvas").scrollIntoViewIfNeeded();
    const box = await page.locator(".coverage-map canvas").boundingBox();
    for (const [x, y] of [[0.5, 0.6], [0.4, 0.5], [0.6, 0.5], [0.5, 0.4]]) {
      await page.mouse.click(box.x + box.width * x, box.y + box.height * y);
      if ((await page.locator("tr.chosen").count()) === 1) break;
    }
    assert.equal(await page.locator("tr.chosen").count(), 1);
    await close();
  });
});

describe("children and hours on the map", () => {
  it("draws children as squares, the same on the drawing and on the canvas", async () => {
    const { page, close } = await open_page(browser, { script: false });
    await page.goto(`${town.origin}/planner?${question}`);
    const path = await page.locator("path.children-squares[data-frame]").getAttribute("d");
    const sides = [...path.matchAll(/h([\d.]+)v/g)].map(([, side]) => Number(side));
    assert.ok(sides.length > 50, "cells of the town");
    assert.ok(Math.max(...sides) > 2 * Math.min(...sides), "more children, a larger square");
    assert.equal(await page.locator(".children-key text").count(), 2);
    await close();
  });

  it("follows the slider of hours, tells what it shows, and comes back", async () => {
    const { page, faults, close } = await open_page(browser);
    await page.goto(`${town.origin}/planner?${question}`);
    await page.locator('[data-coverage-map][data-drawn="yes"]').waitFor({ timeout: 30_000 });
    const slider = page.getByLabel("時間を動かして見る");
    const own = await page.locator(".hours output").innerText();
    for (const hour of [10, 21]) {
      const answer = await town.json(`/api/v1/coverage?${question}&hour=${hour}`);
      const count = (tier) => answer.districts.filter((one) => one.tier === tier).length;
      await slider.fill(String(hour));
      await page.locator(".hours output", { hasText: `${hour}時台` }).waitFor();
      assert.match(await page.locator(".hours output").innerText(), new RegExp(`充足 ${count("full")}、空白 ${count("blank")}`));
      assert.deepEqual((await page.locator(".marker-blank").allTextContents()).toSorted(), answer.blank_areas.map((one) => String(one.number)).toSorted());
      assert.match(await page.locator(".hours a").getAttribute("href"), new RegExp(`hour=${hour}`));
    }
    await slider.fill("6");
    await page.locator(".hours output", { hasText: own }).waitFor();
    assert.deepEqual(await page.locator(".marker-blank").allTextContents(), await page.locator(".blank-list .number").allTextContents());
    assert.deepEqual(faults, []);
    await close();
  });
});

describe("the planner's question", () => {
  it("is asked by a form that works without script", async () => {
    const { page, close } = await open_page(browser, { size: sizes.phone, script: false });
    await page.goto(`${town.origin}/planner?lang=en`);
    await page.getByLabel("Policy").selectOption({ label: "A children's centre in each middle-school district" });
    await page.getByLabel("As of").fill("2027-06-01");
    await page.getByRole("button", { name: "Show" }).click();
    await page.waitForURL("**/planner?**");
    const asked = new URL(page.url()).searchParams;
    assert.equal(asked.get("policy"), "jidokan_per_chugakkoku");
    assert.equal(asked.get("lang"), "en");
    assert.match(await page.locator(".answer").innerText(), /1 June 2027/);
    await close();
  });

  it("is asked again for an hour of the week, and the map and the figures follow", async () => {
    const { page, close } = await open_page(browser, { script: false });
    await page.goto(`${town.origin}/planner?policy=jidokan_per_chugakkoku&at=2026-11-21&lang=en`);
    const open = page.locator(".strip").first();
    const strip = (await open.locator("tbody tr").nth(2).locator("td").allInnerTexts()).map((text) => parseInt(text, 10));
    const hours = await open.locator("thead th").allInnerTexts();
    const at_ten = strip[hours.indexOf("10")];
    const at_eight = strip[hours.indexOf("20")];
    assert.ok(at_ten > 0 && at_eight === 0, "open on Wednesday morning, closed at night");
    await page.getByLabel("Day of the week").selectOption("wed");
    await page.getByLabel("Hour", { exact: true }).selectOption("20");
    await page.getByRole("button", { name: "Show" }).click();
    await page.waitForURL("**hour=20**");
    assert.equal((await rows(page)).filter((row) => row.tier === "full").length, 0);
    await page.getByLabel("Hour", { exact: true }).selectOption("10");
    await page.getByRole("button", { name: "Show" }).click();
    await page.waitForURL("**hour=10**");
    assert.equal((await rows(page)).filter((row) => Number(row.services) > 0).length, at_ten);
    await close();
  });

  it("fits one sheet of A4, upright and across, in the paper's own size, whatever the policy and the language", async () => {
    const { page, close } = await open_page(browser);
    const wrong = [];
    const policies = (await town.json("/api/v1/policies")).policies.map((policy) => policy.id);
    for (const [paper, width, height] of [["portrait", 595, 842], ["landscape", 842, 595]]) {
      for (const policy of policies) {
        // やさしい日本語 needs most room: every policy in it, those with most to say in the others too.
        const talkative = ["short_stay_demand", "evening_for_junior_high", "stroller_15_minutes"].includes(policy);
        for (const language of talkative ? languages : ["ja-easy"]) {
          await page.goto(`${town.origin}/print/coverage?policy=${policy}&at=2026-11-21&paper=${paper}&lang=${language}`);
          const pdf = (await page.pdf({ preferCSSPageSize: true, printBackground: true })).toString("latin1");
          const boxes = [...pdf.matchAll(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g)].map(([, w, h]) => [Math.round(w), Math.round(h)]);
          const fits = boxes.length === 1 && Math.abs(boxes[0][0] - width) <= 1 && Math.abs(boxes[0][1] - height) <= 1;
          if (!fits) wrong.push(`${policy} ${paper} ${language}: ${boxes.length} pages, ${boxes[0]}`);
        }
      }
    }
    assert.deepEqual(wrong, []);
    await close();
  });

  it("that cannot be answered is said in a sentence", async () => {
    for (const wrong of ["policy=nothing", "layer=nothing", "at=soon", "hour=25", "weekday=x", "age=-1"]) {
      const answer = await fetch(`${town.origin}/planner?${wrong}`, { headers: { accept: "text/html" } });
      assert.equal(answer.status, 400, wrong);
      assert.match(await answer.text(), /class="notice"/);
    }
  });
});
