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

const focused = (page) =>
  page.evaluate(() => {
    const element = document.activeElement;
    const seen = element.matches(".choice input, .pill input") ? element.nextElementSibling : element;
    const style = getComputedStyle(seen);
    return { tag: element.tagName, name: (element.labels?.[0] ?? element).textContent.trim(), id: element.id, ring: Number.parseFloat(style.outlineWidth) || 0, style: style.outlineStyle };
  });

describe("the keyboard alone", () => {
  it("skips to the content first", async () => {
    const { page, close } = await open_page(browser);
    await page.goto(`${town.origin}/`);
    await page.keyboard.press("Tab");
    assert.equal((await focused(page)).name, "本文へ");
    await page.keyboard.press("Enter");
    assert.equal((await focused(page)).id, "main");
    await close();
  });

  it("asks, reads the answer and opens a place, and always sees where it is", async () => {
    const { page, close } = await open_page(browser, { size: sizes.phone });
    await page.goto(`${town.origin}/`);
    const visited = [];
    for (let i = 0; i < 80; i += 1) {
      await page.keyboard.press("Tab");
      const here = await focused(page);
      visited.push(here);
      if (here.id === "place") await page.keyboard.type("港町二丁目");
      if (here.id === "age") await page.keyboard.press("2");
      if (here.name === "この条件でさがす") break;
    }
    assert.equal(visited.at(-1).name, "この条件でさがす");
    const hidden = visited.filter((one) => one.ring < 2 || one.style === "none");
    assert.deepEqual(hidden, [], "every stop shows a ring");
    await page.keyboard.press("Enter");
    await page.waitForURL("**/search?**");
    assert.equal(new URL(page.url()).searchParams.get("age"), "2");

    for (let i = 0; i < 60; i += 1) {
      await page.keyboard.press("Tab");
      if (await page.evaluate(() => document.activeElement.matches(".card h3 a"))) break;
    }
    const name = (await focused(page)).name;
    await page.keyboard.press("Enter");
    await page.waitForURL("**/services/*");
    assert.equal(await page.locator("h1").innerText(), name);
    await close();
  });
});
