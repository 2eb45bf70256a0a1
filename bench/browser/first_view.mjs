// The first view of a page by somebody who was never here: how much comes over the wire, from whom, and when the largest
// part of it is painted on a slow connection. A phone, an empty cache; the map is not part of it.
// node bench/browser/first_view.mjs ORIGIN FIGURES
import { languages, launch, open_page, outside, sizes } from "../../tests/browser/support/browser.mjs";
import { in_language } from "../../tests/browser/support/checks.mjs";
import { median, report } from "./figures.mjs";

const most_bytes = 150_000;
const most_ms = 2_000;
/** Round trip and speeds of a slow mobile connection, in the units of Network.emulateNetworkConditions. */
const slow = { offline: false, latency: 150, downloadThroughput: 1_600_000 / 8, uploadThroughput: 750_000 / 8 };

const watch = () => {
  window.bench_painted = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) window.bench_painted = Math.max(window.bench_painted, entry.startTime);
  }).observe({ type: "largest-contentful-paint", buffered: true });
};

/** \returns bytes over the wire with heads, requests, and the largest contentful paint in ms */
async function view(browser, origin, address, slower, size = sizes.phone) {
  const { page, context, requests, close } = await open_page(browser, { size });
  const wire = await context.newCDPSession(page);
  let bytes = 0;
  wire.on("Network.loadingFinished", ({ encodedDataLength }) => (bytes += encodedDataLength));
  await wire.send("Network.enable");
  await wire.send("Network.emulateNetworkConditions", slow);
  if (slower > 1) await wire.send("Emulation.setCPUThrottlingRate", { rate: slower });
  await page.addInitScript(watch);
  const answer = await page.goto(origin + address, { waitUntil: "load", timeout: 60_000 });
  if (answer.status() !== 200) throw new Error(`${address}: ${answer.status()}`);
  await page.waitForLoadState("networkidle");
  await page.waitForFunction(() => window.bench_painted > 0, undefined, { timeout: 30_000 });
  await page.waitForTimeout(300);
  const painted = await page.evaluate(() => window.bench_painted);
  const elsewhere = outside(requests, origin);
  await close();
  return { bytes, requests: requests.length, elsewhere, painted };
}

const [origin, figures] = process.argv.slice(2);
const found = await (await fetch(`${origin}/api/v1/resources?limit=1`)).json();
const [{ geometry, properties }] = found.features;
const near = geometry.coordinates.map((x) => x.toFixed(3)).join(",");
const pages = [
  ["/", "/"],
  ["/search", `/search?near=${near}&age=2&day=sat`],
  ["/services/{id}", `/services/${properties.id ?? found.features[0].id}`],
];

const browser = await launch();
let elsewhere = [];
try {
  await view(browser, origin, "/", 1); // the browser's own first start
  for (const [name, address] of pages) {
    for (const language of languages) {
      for (const [slower, times] of [[1, 5], [4, 3]]) {
        const views = [];
        for (let time = 0; time < times; time += 1) views.push(await view(browser, origin, in_language(address, language), slower));
        elsewhere = elsewhere.concat(...views.map((one) => one.elsewhere));
        const what = `first view of ${name} in ${language}`;
        if (slower === 1) {
          const bytes = Math.max(...views.map((one) => one.bytes));
          const note = `390 px, empty cache, ${views[0].requests} requests, heads included, without the map`;
          await report(figures, { name: `${what}: over the wire`, ours: bytes / 1000, unit: "kB", wanted: most_bytes / 1000, note });
        }
        const painted = views.map((one) => one.painted);
        const note = `Chromium's throttling: 150 ms, 1.6 Mbit/s down, 750 kbit/s up${slower > 1 ? `, processor ${slower} times slower` : ""}; median of ${times}, worst ${Math.round(Math.max(...painted))} ms`;
        await report(figures, { name: `${what}: largest contentful paint${slower > 1 ? `, processor ÷ ${slower}` : ""}`, ours: median(painted), unit: "ms", wanted: slower === 1 ? most_ms : undefined, note });
      }
    }
    // A wide window has room for the map beside the list, and asks for it at once: told, and not part of what is wanted.
    const wide = [];
    for (let time = 0; time < 3; time += 1) wide.push(await view(browser, origin, address, 1, sizes.desk));
    elsewhere = elsewhere.concat(...wide.map((one) => one.elsewhere));
    const note = `1280 px, empty cache, ${wide[0].requests} requests, with a map where the page draws one at once; largest contentful paint ${Math.round(median(wide.map((one) => one.painted)))} ms`;
    await report(figures, { name: `first view of ${name} in a wide window: over the wire`, ours: Math.max(...wide.map((one) => one.bytes)) / 1000, unit: "kB", note });
  }
} finally {
  await browser.close();
}
await report(figures, { name: "requests of first views to other hosts", ours: elsewhere.length, unit: "requests", wanted: 0 });
if (elsewhere.length > 0) throw new Error(`asked elsewhere: ${[...new Set(elsewhere)].join(", ")}`);
