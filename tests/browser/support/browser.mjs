// Debian's Chromium without a network: every name but our own address is unknown to it, and each page keeps a record of
// what it asked for and what went wrong.
import { mkdir } from "node:fs/promises";
import path from "node:path";

import { chromium } from "playwright-core";

import { root } from "./town.mjs";

export const sizes = { phone: { width: 390, height: 844 }, desk: { width: 1280, height: 900 } };
export const languages = ["ja", "ja-easy", "en"];

/** \param keeps_pages pages one leaves are kept for the back button, as people's browsers do and tests usually forbid */
export function launch({ keeps_pages = false } = {}) {
  return chromium.launch({
    ignoreDefaultArgs: keeps_pages ? ["--disable-back-forward-cache"] : [],
    executablePath: process.env.SHIRUBE_CHROMIUM ?? "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--use-gl=angle",
      "--use-angle=swiftshader",
      "--enable-unsafe-swiftshader",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--disable-quic",
      "--no-first-run",
      "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
    ],
  });
}

/** A page of a fresh context (or one with the cookies of `state`), with `requests`, and `faults`: console errors, failed requests, breaches of the policy. */
export async function open_page(browser, { size = sizes.desk, script = true, scheme = "light", locale = "ja-JP", permissions = [], state } = {}) {
  const context = await browser.newContext({
    viewport: size,
    javaScriptEnabled: script,
    colorScheme: scheme,
    locale,
    permissions,
    storageState: state,
    reducedMotion: "reduce",
    deviceScaleFactor: 1,
  });
  const page = await context.newPage();
  const requests = [];
  const faults = [];
  page.on("request", (request) => requests.push(request.url()));
  page.on("requestfailed", (request) => {
    // Tiles that the map no longer needs are taken back.
    if (request.failure()?.errorText !== "net::ERR_ABORTED") faults.push(`${request.url()}: ${request.failure()?.errorText}`);
  });
  page.on("console", (message) => {
    if (message.type() === "error") faults.push(`${message.text()} (${message.location().url})`);
  });
  page.on("pageerror", (error) => faults.push(String(error)));
  return { page, context, requests, faults, close: () => context.close() };
}

/** Writes build/pictures/NAME.png for a person to look at. */
export async function picture(page, name) {
  const folder = path.join(root, "build/pictures");
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: path.join(folder, `${name}.png`), fullPage: true });
}

export const outside = (requests, origin) =>
  requests.filter((address) => !address.startsWith(`${origin}/`) && !address.startsWith("data:") && !address.startsWith(`blob:${origin}`));

/** How many different colours a map shows on a coarse grid of its picture, markers and buttons left out. */
export async function colours_of(page, locator) {
  const show_over = (shown) =>
    page.evaluate((visibility) => {
      for (const over of document.querySelectorAll(".maplibregl-marker, .maplibregl-control-container")) over.style.visibility = visibility;
    }, shown ? "" : "hidden");
  await show_over(false);
  const shot = (await locator.screenshot()).toString("base64");
  await show_over(true);
  return page.evaluate(async (png) => {
    const image = new Image();
    image.src = `data:image/png;base64,${png}`;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = image.width;
    canvas.height = image.height;
    const pen = canvas.getContext("2d");
    pen.drawImage(image, 0, 0);
    const seen = new Set();
    for (let y = 4; y < image.height - 4; y += 3) {
      for (let x = 4; x < image.width - 4; x += 3) seen.add(pen.getImageData(x, y, 1, 1).data.join());
    }
    return seen.size;
  }, shot);
}
