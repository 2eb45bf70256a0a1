// The network: the pictures and the tables say the same; one choice for all of them; a day is a day everywhere; whoever is
// chosen has a story.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";

import { axe_faults, sticking_out } from "./support/checks.mjs";
import { languages, launch, open_page, picture, sizes } from "./support/browser.mjs";
import { add_user } from "./support/accounts.mjs";
import { on_paper, pages_of } from "./support/pdf.mjs";
import { here, start_office } from "./support/staff.mjs";
import { start_town } from "./support/town.mjs";

const at = "at=2026-11-21";
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

/** How many of each shape a picture says it draws. */
const shapes_of = async (drawing) => Object.fromEntries([...(await drawing.getAttribute("data-shapes")).matchAll(/(\w+) (\d+)/g)].map(([, shape, count]) => [shape, Number(count)]));

const count_by = (all, of) => all.reduce((counts, one) => ({ ...counts, [of(one)]: (counts[of(one)] ?? 0) + 1 }), {});

/** How much of its own box the shape in the middle of a picture fills: a disc π/4 of it, a square all, a triangle half. */
async function fullness_of_the_middle(page, locator) {
  // Moved in one frame, drawn in the next.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  const png = (await locator.screenshot()).toString("base64");
  return page.evaluate(async (base64) => {
    const image = new Image();
    image.src = `data:image/png;base64,${base64}`;
    await image.decode();
    const { width, height } = image;
    const canvas = Object.assign(document.createElement("canvas"), { width, height });
    const pen = canvas.getContext("2d");
    pen.drawImage(image, 0, 0);
    const { data } = pen.getImageData(0, 0, width, height);
    const start = Math.floor(height / 2) * width + Math.floor(width / 2);
    const alike = (at) => [0, 1, 2].every((channel) => Math.abs(data[4 * at + channel] - data[4 * start + channel]) < 24);
    const seen = new Set([start]);
    for (const at of seen) for (const next of [at - 1, at + 1, at - width, at + width]) if (alike(next)) seen.add(next);
    const columns = [...seen].map((at) => at % width);
    const rows = [...seen].map((at) => Math.floor(at / width));
    return seen.size / ((Math.max(...columns) - Math.min(...columns) + 1) * (Math.max(...rows) - Math.min(...rows) + 1));
  }, png);
}

/** A4 with margins, and what is between them in CSS pixels. */
const paper_margin = { top: "12mm", right: "12mm", bottom: "12mm", left: "12mm" };
const sheet_width = Math.floor(((210 - 24) / 25.4) * 96);

const number = (text) => Number(/\d+/.exec(text)?.[0] ?? 0);

describe("the network without script", () => {
  it("stands as tables and a matrix that hold every tie the API tells of", async () => {
    const answer = await town.json(`/api/v1/network?${at}`);
    assert.ok(answer.nodes.length > 5 && answer.edges.length > 5, "the demonstration town has a network");
    const { page, close } = await open_page(browser, { script: false });
    await page.goto(`${town.origin}/network?${at}`);
    // Everybody of any day has a row; who has no tie on this one is told so.
    const whole = await town.json(`/api/v1/network?${at}&days=all`);
    const nodes = await page.locator("tr[data-node]").evaluateAll((rows) => rows.map((row) => [row.dataset.node, Number.parseInt(row.querySelector("td.tally").textContent, 10)]));
    const ties = new Map(whole.nodes.map(({ id }) => [id, 0]));
    for (const { from, to } of answer.edges) {
      ties.set(from, ties.get(from) + 1);
      ties.set(to, ties.get(to) + 1);
    }
    assert.deepEqual(Object.fromEntries(nodes), Object.fromEntries(ties));
    const untied = [...ties.values()].filter((count) => count === 0).length;
    assert.ok(untied > 0, "somebody has no tie on the day");
    assert.equal(await page.locator("tr.untied[data-node]").count(), untied);
    assert.equal(await page.locator("[aria-labelledby=ties-heading] tbody tr").count(), answer.edges.length);
    assert.equal(await page.locator("[data-network-graph]").isVisible(), false);
    assert.ok((await page.locator(".tie-matrix td.tied").count()) > 0);
    await close();
  });

  it("is printed with every column of the matrix, none of them smaller than the sheet asks for", async () => {
    const { page, close } = await open_page(browser, { script: false });
    for (const lang of languages) {
      await page.goto(`${town.origin}/network?${at}&lang=${lang}`);
      const heads = await page.locator(".tie-matrix thead th").evaluateAll((cells) => cells.map((cell) => cell.textContent));
      assert.equal(heads.length, 30, "as wide as it gets");
      const sheets = pages_of(await page.pdf({ format: "A4", margin: paper_margin }));
      // What is beside the sheet is not in its words.
      const with_matrix = sheets.filter(({ words }) => words.includes(on_paper(heads.join(""))));
      assert.equal(with_matrix.length, 1, `${lang}: the matrix is whole on one sheet`);
      const all = sheets.map(({ words }) => words).join("");
      assert.ok(all.includes(on_paper(`${town.origin}/network?`)), `${lang}: where the pictures are`);
      // A sheet's width, of which a wider page would be made smaller.
      await page.emulateMedia({ media: "print" });
      await page.setViewportSize({ width: sheet_width, height: 1000 });
      const beside = await page.evaluate((width) => [...document.querySelectorAll("main table, main th, main td, main th span")].filter((one) => one.getBoundingClientRect().right > width + 1).map((one) => one.textContent.slice(0, 40)), sheet_width);
      assert.deepEqual(beside, [], lang);
      const heads_over = await page.locator(".tie-matrix thead th").evaluateAll((cells) => cells.filter((cell) => cell.scrollWidth > cell.clientWidth + 1).map((cell) => cell.textContent));
      assert.deepEqual(heads_over, [], `${lang}: no name lies over another`);
      assert.ok((await page.locator(".tie-matrix th, .tie-matrix td").evaluateAll((cells) => Math.min(...cells.map((cell) => Number.parseFloat(getComputedStyle(cell.querySelector("span") ?? cell).fontSize))))) >= 8 - 0.01, `${lang}: no type below 6 pt`);
      await page.emulateMedia({ media: null });
      await page.setViewportSize(sizes.desk);
    }
    await close();
  });

  it("tells of each measure in a sentence, with the list behind it", async () => {
    const { page, close } = await open_page(browser, { script: false });
    await page.goto(`${town.origin}/network?${at}&municipality=99201`);
    for (const code of ["untied", "bases", "places", "referrals", "hubs", "districts", "councils", "change"]) {
      const measure = page.locator(`[data-measure=${code}]`).first();
      assert.match(await measure.innerText(), /\d/, code);
      assert.ok((await measure.locator("details a").count()) > 0, `${code} has nothing behind it`);
    }
    const base = page.locator("[data-measure=places] details").first();
    await base.locator("summary").click();
    await base.locator("a").first().click();
    assert.match(page.url(), /\/services\//);
    await close();
  });

  it("tells the story of whoever is chosen: with whom, since when, who says so", async () => {
    const { page, close } = await open_page(browser, { script: false });
    await page.goto(`${town.origin}/network?${at}`);
    const first = page.locator("tr[data-node]").first();
    const name = await first.locator("a").innerText();
    const count = number(await first.locator("td.tally").innerText());
    await first.locator("a").click();
    assert.ok((await page.locator("h1").innerText()).includes(name));
    assert.ok((await page.locator("[aria-labelledby=ties-heading] tbody tr").count()) >= count);
    await close();
  });

  it("lands on the story of whom the address chooses, and comes back from the whole story to the same", async () => {
    const { page, close } = await open_page(browser, { script: false, size: sizes.phone });
    const { nodes, edges } = await town.json(`/api/v1/network?${at}&municipality=99201`);
    const node = nodes.find(({ id, kind }) => kind === "organization" && edges.some(({ from }) => from === id));
    await page.goto(`${town.origin}/network?${at}&municipality=99201&node=${encodeURIComponent(node.id)}#story`);
    const heading = page.locator("#story");
    assert.ok((await heading.innerText()).includes(node.name));
    const { y } = await heading.boundingBox();
    assert.ok(y >= 0 && y < 200, `the heading stands at ${y}`);
    assert.ok((await page.locator("[data-story-ties] a").count()) > 0);
    assert.equal(await page.locator("[data-story-back]").isVisible(), false, "there is no picture to go back to");
    await page.locator("[data-story-whole]").click();
    await page.locator(".ways a").click();
    assert.equal(new URL(page.url()).hash, "#pictures");
    assert.ok((await heading.innerText()).includes(node.name));
    const box = await page.locator("#pictures").boundingBox();
    assert.ok(box.y >= -1 && box.y < 200, `the pictures' place stands at ${box.y}`);
    await page.goto(`${town.origin}/network?${at}`);
    assert.equal(await heading.isVisible(), false);
    await close();
  });

  it("has links as high as a finger is wide on a phone, and high enough for a mouse beside each other", async () => {
    for (const [size, least] of [[sizes.phone, 43.5], [sizes.desk, 24]]) {
      const { page, close } = await open_page(browser, { script: false, size });
      const { nodes } = await town.json(`/api/v1/network?${at}`);
      const busiest = nodes.find(({ kind, services }) => kind === "organization" && services.length > 1);
      for (const address of [`/network?${at}`, `/network/nodes/${encodeURIComponent(busiest.id)}`, `/matrix?${at}`]) {
        await page.goto(town.origin + address);
        await page.evaluate(() => document.querySelectorAll("details").forEach((one) => (one.open = true)));
        const heights = await page.locator(".scroll a, .measure li a, .service-links a, .ways a, .way").evaluateAll((links) => links.map((link) => [link.textContent, link.getBoundingClientRect().height]));
        assert.ok(heights.length > 3, address);
        assert.deepEqual(heights.filter(([, height]) => height < least), [], `${address} at ${size.width}`);
      }
      await close();
    }
  });

  it("says above the matrix how it is read, with every letter that stands in it", async () => {
    const { page, close } = await open_page(browser, { script: false });
    for (const language of languages) {
      await page.goto(`${town.origin}/network?${at}&lang=${language}`);
      const in_cells = await page.locator(".tie-matrix td.tied").evaluateAll((cells) => cells.flatMap((cell) => [...cell.querySelectorAll("[aria-hidden]")].map((letters) => letters.textContent)));
      const told = await page.locator(".matrix-legend .letters").allTextContents();
      assert.deepEqual([...new Set(in_cells)].sort(), [...told].sort(), language);
      const lead = await page.locator(".tie-matrix").getAttribute("aria-describedby");
      assert.ok((await page.locator(`#${lead}`).innerText()).length > 20);
      // The words of the signs are those of the pictures.
      const parties = (selector) => page.locator(`${selector} li:has([class^=kind-])`).evaluateAll((items) => items.map((item) => item.textContent.replace(/\s+/g, " ").trim()));
      assert.deepEqual(await parties(".matrix-legend"), await parties("#pictures > .kinds"));
    }
    await close();
  });

  it("calls no district by the name of its school", async () => {
    const { page, close } = await open_page(browser, { script: false });
    const { nodes } = await town.json(`/api/v1/network?${at}`);
    const district = nodes.find(({ id }) => id.startsWith("district:chugakkoku:"));
    for (const [language, name] of [["ja", `${district.name}区`], ["ja-easy", `${district.name}の 区域`], ["en", `${district.name} school district`]]) {
      await page.goto(`${town.origin}/network?${at}&lang=${language}`);
      assert.equal(await page.locator(`[data-node="${district.id}"] a`).innerText(), name);
      assert.ok((await page.locator("#within option").allTextContents()).includes(name), language);
      await page.locator(`[data-node="${district.id}"] a`).click();
      assert.ok((await page.locator("h1").innerText()).includes(name), language);
    }
    await close();
  });

  it("answers a key that nobody has with a sentence", async () => {
    const { page, close } = await open_page(browser, { script: false });
    const answer = await page.goto(`${town.origin}/network/nodes/organization%3Anobody`);
    assert.equal(answer.status(), 404);
    assert.match(await page.locator("main").innerText(), /ありません/);
    await close();
  });
});

describe("the pictures of the network", () => {
  it("are drawn, share one choice with the tables, and lead to its story", async () => {
    const { page, close } = await open_page(browser, {});
    await page.goto(`${town.origin}/network?${at}&lang=en`);
    await page.locator("[data-network][data-drawn]").waitFor({ timeout: 60_000 });
    const row = page.locator("tr[data-node]").first();
    const name = await row.locator("a").innerText();
    await row.locator("button[data-show]").click();
    const story = page.locator("[data-network-story]");
    await story.waitFor({ state: "visible" });
    assert.equal(await story.locator("[data-story-name]").innerText(), name);
    assert.ok(await row.evaluate((element) => element.classList.contains("chosen")));
    await picture(page, "network-chosen-en");
    await story.locator("[data-story-whole]").click();
    assert.ok((await page.locator("h1").innerText()).includes(name));
    await close();
  });

  it("bring whoever chooses on a phone to the story, and back to the picture", async () => {
    const { page, close } = await open_page(browser, { size: sizes.phone });
    await page.goto(`${town.origin}/network?${at}`);
    await page.locator("[data-network]").scrollIntoViewIfNeeded();
    await page.locator("[data-network][data-drawn]").waitFor({ timeout: 60_000 });
    const place_of = (selector) => page.locator(selector).evaluate((element) => element.getBoundingClientRect().top);
    const lands = async (name) => {
      await page.locator("[data-network-story]").waitFor({ state: "visible" });
      assert.equal(await page.evaluate(() => document.activeElement.id), "story", "a screen reader reads the heading");
      assert.equal(await page.locator("[data-story-name]").innerText(), name);
      const top = await place_of("#story");
      assert.ok(top >= 0 && top < 200, `the story stands at ${top}`);
      assert.deepEqual(await axe_faults(page), []);
    };
    const goes_back = async () => {
      await page.locator("[data-story-back]").click();
      const top = await place_of("#graph-picture");
      assert.ok(top >= -1 && top < 200, `the picture stands at ${top}`);
      assert.equal(await page.evaluate(() => document.activeElement.id), "graph-picture");
    };
    const row = page.locator("tr[data-node]").first();
    const name = await row.locator("a").innerText();
    await row.locator("button[data-show]").click();
    await lands(name);
    // Its ties of the day, as the data has them.
    const { edges } = await town.json(`/api/v1/network?${at}`);
    const id = await row.getAttribute("data-node");
    const ties = new Set(edges.filter(({ from, to }) => from === id || to === id).map(({ kind, from, to }) => `${kind} ${from} ${to}`));
    assert.equal(await page.locator("[data-story-ties] li").count(), Math.min(ties.size, 10));
    assert.equal(new URL(page.url()).searchParams.get("node"), id);
    await goes_back();
    // It stands in the middle of the graph now: once more chosen it is nobody, and then it again.
    const graph = page.locator("[data-network-graph]");
    await graph.click();
    await page.locator("[data-network-story]").waitFor({ state: "hidden" });
    assert.equal(new URL(page.url()).searchParams.get("node"), null);
    assert.equal(await page.locator(".planner-form input[name=node]").isDisabled(), true, "the form chooses nobody either");
    await page.waitForTimeout(600); // two clicks at once would be a double click
    await graph.click();
    await lands(name);
    await goes_back();
    // The page's own address finds the same chosen again.
    await page.goto(page.url());
    await page.reload();
    await page.locator("[data-network]").scrollIntoViewIfNeeded();
    await page.locator("[data-network][data-drawn]").waitFor({ timeout: 60_000 });
    assert.equal(await page.locator("[data-story-name]").innerText(), name);
    await close();
  });

  it("say no longer that whom the address asked for is not here once another is chosen, who stays so under other conditions", async () => {
    const { page, close } = await open_page(browser, {});
    const asked = [];
    page.on("request", (request) => asked.push(request.url()));
    const here = await town.json("/api/v1/network?days=all&municipality=99341");
    const { nodes } = await town.json(`/api/v1/network?${at}&municipality=99201`);
    const elsewhere = nodes.find(({ id, kind }) => kind === "organization" && !here.nodes.some((node) => node.id === id));
    const notice = page.locator("#pictures .notice");
    const kept = page.locator(".planner-form input[name=node]");
    for (const [missing, is_kept] of [[elsewhere.id, true], ["organization:nobody", false]]) {
      await page.goto(`${town.origin}/network?${at}&municipality=99341&node=${encodeURIComponent(missing)}`);
      await page.locator("[data-network]").scrollIntoViewIfNeeded();
      await page.locator("[data-network][data-drawn]").waitFor({ timeout: 60_000 });
      assert.equal(await notice.isVisible(), true, missing);
      assert.equal(await kept.isEnabled(), is_kept, missing);
      const row = page.locator("tr[data-node]").first();
      const id = await row.getAttribute("data-node");
      const name = await row.locator("a").innerText();
      await row.locator("button[data-show]").click();
      await page.locator("[data-network-story]").waitFor({ state: "visible" });
      assert.equal(await notice.isVisible(), false, missing);
      await page.locator("#municipality").selectOption("");
      await page.locator(".planner-form button[type=submit]").click();
      await page.waitForURL(({ searchParams }) => searchParams.get("municipality") === "");
      assert.equal(new URL(page.url()).searchParams.get("node"), id);
      assert.equal(await page.locator("[data-story-name]").innerText(), name);
    }
    assert.deepEqual(asked.filter((url) => new URL(url).pathname.startsWith("/api/") && new URL(url).searchParams.has("node")), []);
    await close();
  });

  it("are printed as they stand, and go on as before", async () => {
    const { page, faults, close } = await open_page(browser, {});
    await page.goto(`${town.origin}/network?${at}`);
    await page.locator("[data-network]").scrollIntoViewIfNeeded();
    await page.locator("[data-network][data-drawn]").waitFor({ timeout: 60_000 });
    await page.locator("[data-network-map][data-drawn]").waitFor({ timeout: 60_000 });
    // Copies are taken away afterwards: looked at as soon as they are made.
    await page.evaluate(() => {
      addEventListener("beforeprint", () => {
        window.copied = [...document.querySelectorAll(".print-copy")].map((copy) => {
          const { data } = copy.getContext("2d").getImageData(0, 0, copy.width, copy.height);
          return { colours: new Set(new Uint32Array(data.buffer)).size, name: copy.getAttribute("aria-label"), width: copy.width };
        });
      });
    });
    const sheets = pages_of(await page.pdf({ format: "A4", margin: paper_margin }));
    const copied = await page.evaluate(() => window.copied);
    assert.equal(copied.length, 2, "graph and map");
    for (const { colours, name, width } of copied) assert.ok(colours > 8 && name !== "" && width > 100, `${name}: ${colours} colours`);
    const words = sheets.map((sheet) => sheet.words).join("");
    assert.ok(words.includes(on_paper(await page.locator("#graph-caption").innerText())), "the graph has its title on paper");
    assert.equal(words.includes(on_paper(`${town.origin}/network?`)), false, "nobody is sent to a screen for what is on the sheet");
    assert.equal(await page.locator(".print-copy").count(), 0);
    assert.equal(await page.locator("[data-network-graph]").isVisible(), true);
    assert.deepEqual(faults, []);
    await close();
  });

  it("draw each kind in its own shape, as the legend says", async () => {
    const { page, close } = await open_page(browser, {});
    await page.goto(`${town.origin}/network?${at}`);
    await page.locator("[data-network][data-drawn]").waitFor({ timeout: 60_000 });
    const { nodes } = await town.json(`/api/v1/network?${at}&days=all`);
    const shape = { organization: "disc", site: "square", forum: "triangle", district: "diamond", municipality: "target" };
    const graph = page.locator("[data-network-graph]");
    assert.deepEqual(await shapes_of(graph), count_by(nodes, ({ kind }) => shape[kind]));
    const placed = nodes.filter(({ position, places }) => position || places.some((place) => place.position));
    assert.deepEqual(await shapes_of(page.locator("[data-network-map]")), count_by(placed, ({ kind, position }) => (position ? shape[kind] : "ring")));
    for (const [kind, least, most] of [["organization", 0.7, 0.87], ["site", 0.9, 1], ["forum", 0.4, 0.65]]) {
      const row = page.locator(`tr[data-node]:has(.kind-${kind})`).first();
      await row.locator("button[data-show]").click();
      await page.locator("[data-network-story]").waitFor({ state: "visible" });
      const fullness = await fullness_of_the_middle(page, graph);
      assert.ok(fullness >= least && fullness <= most, `${kind}: ${fullness}`);
    }
    await close();
  });

  it("say of which day the tables below are while the slider is at another, and lead to that day", async () => {
    const { page, close } = await open_page(browser, {});
    for (const [language, words] of [["ja", /2026年11月21日/], ["en", /21 November 2026/]]) {
      await page.goto(`${town.origin}/network?${at}&municipality=99201&lang=${language}`);
      await page.locator("[data-network][data-drawn]").waitFor({ timeout: 60_000 });
      const slider = page.locator("[data-network-time]");
      const told = page.locator("[data-network-day]");
      const sentence = page.locator("[data-network-below]");
      const link = page.locator("[data-network-open]");
      // The same words as the heading's, which are the server's.
      const day = await page.locator("#answer-heading .quiet").innerText();
      assert.match(day, words);
      assert.equal(await told.locator("time").innerText(), day);
      assert.equal(await sentence.isVisible(), false);
      assert.equal(await link.isVisible(), false);
      const here = await slider.inputValue();
      await slider.press("Home");
      await sentence.waitFor({ state: "visible" });
      assert.ok((await sentence.innerText()).includes(day));
      const said = await sentence.evaluate((element) => element.closest("[role=status]").textContent);
      await slider.press("ArrowRight");
      assert.equal(await sentence.evaluate((element) => element.closest("[role=status]").textContent), said, "what is announced is not said again at each step");
      const shown = await told.locator("time").getAttribute("datetime");
      assert.deepEqual(await axe_faults(page), []);
      await slider.fill(here);
      await sentence.waitFor({ state: "hidden" });
      await slider.press("Home");
      await slider.press("ArrowRight");
      await link.click();
      await page.locator("[data-network][data-drawn]").waitFor({ timeout: 60_000 });
      const { searchParams } = new URL(page.url());
      assert.deepEqual([searchParams.get("at"), searchParams.get("municipality"), searchParams.get("lang")], [shown, "99201", language]);
      assert.equal(await told.locator("time").innerText(), await page.locator("#answer-heading .quiet").innerText());
    }
    await close();
  });

  it("show the ties of every day that the slider comes to, those that have ended too, moved by keys", async () => {
    const { page, close } = await open_page(browser, {});
    await page.goto(`${town.origin}/network?${at}`);
    await page.locator("[data-network][data-drawn]").waitFor({ timeout: 60_000 });
    const whole = await town.json(`/api/v1/network?${at}&days=all`);
    const placed = (node) => node.position ?? node.places.find(({ position }) => position)?.position;
    const graph = page.locator("[data-network-graph]");
    const map = page.locator("[data-network-map]");
    const several = whole.nodes.filter((node) => !node.position && placed(node));
    assert.ok(several.some(({ places }) => places.length > 3), "the demonstration town has organizations with several places");
    assert.equal(Number(await map.getAttribute("data-several")), several.length);
    assert.equal(Number(await map.getAttribute("data-spokes")), several.reduce((sum, { places }) => sum + places.filter(({ position }) => position).length - 1, 0));
    const slider = page.locator("[data-network-time]");
    const told = page.locator("[data-network-day]");
    assert.equal(await told.locator("time").getAttribute("datetime"), "2026-11-21");
    await slider.focus();
    const seen = new Set();
    await slider.press("Home");
    for (let stop = Number(await slider.getAttribute("max")); stop >= 0; --stop) {
      const text = await told.innerText();
      const day = await told.locator("time").getAttribute("datetime");
      const [, ties, untied] = /\D(\d+)\D+(\d+)$/.exec(text);
      const answer = await town.json(`/api/v1/network?at=${day}`);
      assert.equal(Number(ties), answer.edges.length, day);
      const tied = new Set(answer.edges.flatMap(({ from, to }) => [from, to]));
      const without = whole.nodes.filter(({ id }) => !tied.has(id));
      assert.equal(Number(untied), without.length, day);
      assert.equal(Number(await graph.getAttribute("data-untied")), without.length, day);
      assert.equal(Number(await map.getAttribute("data-untied")), without.filter(placed).length, day);
      const drawn = new Map(whole.nodes.filter(placed).map((node) => [node.id, node]));
      assert.equal(Number(await map.getAttribute("data-ties")), answer.edges.filter(({ from, to }) => drawn.has(from) && drawn.has(to)).length, day);
      assert.equal(await slider.getAttribute("aria-valuetext"), text);
      seen.add(Number(ties));
      await slider.press("ArrowRight");
    }
    assert.ok(seen.size > 3, "the demonstration town's network changes");
    await close();
  });

  it("stand the same way each time", async () => {
    const { page, close } = await open_page(browser, {});
    const shots = [];
    for (let round = 0; round < 2; ++round) {
      await page.goto(`${town.origin}/network?${at}`);
      await page.locator("[data-network][data-drawn]").waitFor({ timeout: 60_000 });
      shots.push((await page.locator("[data-network-graph]").getAttribute("data-layout")) ?? "");
    }
    assert.ok(shots[0].length > 0);
    assert.equal(shots[0], shots[1]);
    await close();
  });
});

for (const [size_name, size] of Object.entries(sizes)) {
  describe(`the network on a ${size_name}`, () => {
    it("is accessible and fits in every language", async () => {
      const { page, close } = await open_page(browser, { size });
      for (const language of languages) {
        await page.goto(`${town.origin}/network?${at}&lang=${language}`);
        await page.locator("[data-network]").scrollIntoViewIfNeeded();
        await page.locator("[data-network][data-drawn]").waitFor({ timeout: 60_000 });
        assert.deepEqual(await axe_faults(page), [], `${language} ${size_name}`);
        assert.deepEqual(await page.evaluate(sticking_out), [], `${language} ${size_name}`);
        await picture(page, `network-${language}-${size_name}`);
      }
      await close();
    });
  });
}

describe("the network of staff", () => {
  it("is drawn with what the public does not see, and asks for nothing elsewhere", async () => {
    const office = await start_office();
    try {
      await add_user(office.town, "sigen", "steward", here);
      const { page } = await office.open_as("sigen");
      const asked = [];
      page.on("request", (request) => asked.push(new URL(request.url())));
      await page.goto(`${office.town.origin}/staff/network?municipality=${here}&${at}`);
      const pictures = page.locator("[data-network]");
      await pictures.scrollIntoViewIfNeeded();
      await page.locator('[data-network][data-drawn="yes"]').waitFor({ timeout: 60_000 });
      const open = await office.town.json(`/api/v1/network?municipality=${here}&days=all`);
      const drawn = Object.values(await shapes_of(page.locator("[data-network-graph]"))).reduce((sum, count) => sum + count, 0);
      assert.ok(drawn >= open.nodes.length, `${drawn} are drawn, the public sees ${open.nodes.length}`);
      assert.ok(asked.some(({ pathname }) => pathname === "/api/v1/staff/network"));
      assert.deepEqual(asked.filter(({ origin }) => origin !== office.town.origin), []);
      assert.deepEqual(await axe_faults(page), []);
      // What is chosen leads to the staff's story.
      await page.locator("button[data-show]").first().click();
      assert.match(await page.locator("[data-story-whole]").getAttribute("href"), /^\/staff\/network\/nodes\//);
    } finally {
      await office.end();
    }
  });
});
