// Every page, in every language, at two widths: what axe finds, what sticks out, what is too small to read or to touch,
// what the content policy forbids, what is asked of others. A picture of each lies in build/pictures afterwards.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";

import { axe_faults, in_language, sticking_out, too_small } from "./support/checks.mjs";
import { languages, launch, open_page, outside, picture, sizes } from "./support/browser.mjs";
import { start_town } from "./support/town.mjs";

let town;
let browser;
const pages = {};
before(async () => {
  town = await start_town();
  browser = await launch();
  const found = await town.json("/api/v1/resources?near=137.166,33.147&programme=places");
  const service = found.features[0].id ?? found.features[0].properties.id;
  const layer = await town.json("/api/v1/layers/chugakkoku/districts");
  const page = await (await fetch(`${town.origin}/services/${service}`)).text();
  Object.assign(pages, {
    start: "/",
    search: "/search?near=137.166,33.147&programme=places&age=2&day=sat",
    "search-food": "/search?programme=food&day=sun",
    "search-expecting": "/search?near=137.166,33.147&for=expecting",
    "search-nothing": "/search?near=137.166,33.147&programme=jidokan&age=30&day=sun",
    service: `/services/${service}`,
    site: page.match(/\/sites\/[^"?]+/)[0],
    district: `/districts/chugakkoku/${encodeURIComponent(layer.districts[0].code)}`,
    planner: "/planner?at=2026-11-21",
    "planner-food": "/planner?policy=cafeteria_per_chugakkoku&at=2026-11-21",
    "planner-evening": "/planner?policy=evening_for_junior_high&at=2026-11-21&weekday=wed",
    policies: "/policies",
    "print": "/print/coverage?at=2026-11-21",
    stages: "/stages?at=2026-11-21",
    "stages-department": "/stages?at=2026-11-21&by=department&municipality=99201",
    matrix: "/matrix?at=2026-11-21",
    "matrix-places": "/matrix?at=2026-11-21&year=2024&family=places",
    network: "/network?at=2026-11-21",
    leaflet: "/leaflet",
    about: "/about",
    "not-found": "/services/nothing-here",
  });
});
after(async () => {
  await browser?.close();
  await town?.end();
});

async function settle(page) {
  await page.waitForLoadState("load");
  const map = page.locator("[data-results-map]:not([hidden]), [data-coverage-map]");
  if ((await map.count()) === 0) return;
  await map.first().scrollIntoViewIfNeeded();
  await page.locator("[data-drawn]").waitFor({ timeout: 60_000 });
}

/** Two at a time: most of a page's time is waiting for it. */
async function for_each_of(all, visit) {
  const waiting = [...all];
  const lane = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) await visit(...next);
  };
  await Promise.all([lane(), lane()]);
}

const for_each_page = (visit) => for_each_of(Object.entries(pages), visit);

for (const [size_name, size] of Object.entries(sizes)) {
  for (const language of languages) {
    describe(`every page in ${language} on a ${size_name}`, () => {
      it("is accessible, fits, is large enough, and asks nothing of others", async () => {
        const problems = [];
        await for_each_page(async (name, address) => {
          const { page, requests, faults, close } = await open_page(browser, { size });
          await page.goto(town.origin + in_language(address, language));
          await settle(page);
          // What axe reads is the same in every width but for what a width hides: in all languages on a phone, in one on a desk.
          const is_read = size_name === "phone" || language === "ja";
          const found = [
            ...(is_read ? await axe_faults(page) : []),
            ...(await page.evaluate(sticking_out)).map((one) => `sticks out: ${one}`),
            ...(await page.evaluate(too_small)),
            ...outside(requests, town.origin).map((one) => `asks ${one}`),
            ...faults.filter((fault) => name !== "not-found" || !fault.includes("404")),
          ];
          if ((await page.locator("html").getAttribute("lang")) !== (language === "en" ? "en" : "ja")) found.push("wrong lang");
          problems.push(...found.map((one) => `${name}: ${one}`));
          await picture(page, `${name}-${language}-${size.width}`);
          await close();
        });
        assert.deepEqual(problems, []);
      });
    });
  }
}

describe("the dark scheme", () => {
  it("has contrast enough everywhere", async () => {
    const problems = [];
    await for_each_page(async (name, address) => {
      const { page, close } = await open_page(browser, { size: sizes.phone, scheme: "dark" });
      await page.goto(town.origin + address);
      await settle(page);
      problems.push(...(await axe_faults(page)).map((one) => `${name}: ${one}`));
      if (["start", "search", "planner"].includes(name)) await picture(page, `${name}-dark-390`);
      await close();
    });
    assert.deepEqual(problems, []);
  });
});

describe("the public's pages in every theme", () => {
  for (const language of languages) {
    it(`have contrast enough in ${language}, dark and with more contrast`, async () => {
      const problems = [];
      const themes = [["dark", "dark", "no-preference"], ["contrast", "light", "more"], ["dark contrast", "dark", "more"]];
      const names = ["start", "search", "search-expecting", "search-nothing", "service", "leaflet"];
      await for_each_of(names.flatMap((name) => themes.map((theme) => [name, ...theme])), async (name, theme, scheme, contrast) => {
        const { page, close } = await open_page(browser, { size: sizes.phone, scheme });
        await page.emulateMedia({ colorScheme: scheme, contrast, reducedMotion: "reduce" });
        await page.goto(town.origin + in_language(pages[name], language));
        await settle(page);
        problems.push(...(await axe_faults(page)).map((one) => `${name} ${theme}: ${one}`));
        await close();
      });
      assert.deepEqual(problems, []);
    });
  }
});

describe("the content policy", () => {
  it("stands on every page and on every answer of the form, and allows nothing inline", async () => {
    const form = new URLSearchParams({ place: "どこにもない" });
    const answers = [
      ...(await Promise.all(Object.values(pages).map((address) => fetch(town.origin + address, { headers: { accept: "text/html" } })))),
      await fetch(`${town.origin}/search`, { method: "POST", body: form }),
    ];
    for (const answer of answers) {
      const policy = answer.headers.get("content-security-policy") ?? "";
      assert.match(policy, /default-src 'none'/, answer.url);
      assert.ok(!policy.includes("unsafe"), answer.url);
      const html = await answer.text();
      assert.ok(!/<style|<script(?![^>]* src=)(?! type="application\/ld\+json">)| style=| on[a-z]+=/.test(html), `${answer.url} has something inline`);
    }
  });
});

describe("a page kept by the browser", () => {
  it("is the same, byte for byte, and is answered with 304", async () => {
    for (const address of ["/planner?at=2026-11-21", "/about", "/"]) {
      const [one, two] = await Promise.all([fetch(town.origin + address), fetch(town.origin + address)]);
      assert.equal(await one.text(), await two.text());
      const etag = one.headers.get("etag");
      assert.ok(etag && !etag.startsWith("W/"));
      const again = await fetch(town.origin + address, { headers: { "if-none-match": etag } });
      assert.equal(again.status, 304);
    }
  });
});

describe("the first view", () => {
  it("weighs at most 150 kB compressed, map left out", async () => {
    const { page, close } = await open_page(browser, { size: sizes.phone });
    let bytes = 0;
    page.on("requestfinished", async (request) => {
      const { responseBodySize, responseHeadersSize } = await request.sizes();
      bytes += responseBodySize + responseHeadersSize;
    });
    await page.goto(`${town.origin}/search?near=137.166,33.147`);
    await page.waitForLoadState("networkidle");
    assert.ok(bytes > 5_000 && bytes < 150_000, `${bytes} bytes`);
    await close();
  });
});
