// node tests/browser/pictures.mjs — the pictures of the README, taken from the demonstration town.
import { writeFile } from "node:fs/promises";
import path from "node:path";

import { launch, open_page, sizes } from "./support/browser.mjs";
import { root, start_town } from "./support/town.mjs";

const pictures = [
  { name: "start", size: sizes.phone, address: "/" },
  { name: "search", size: sizes.desk, address: "/search?near=137.166,33.147&programme=jidokan,shien_kyoten&age=2&day=sat" },
  { name: "search-easy", size: sizes.phone, address: "/search?near=137.166,33.147&programme=places&age=2&day=sat&lang=ja-easy" },
  { name: "planner", size: { width: 1280, height: 1290 }, address: "/planner?policy=base_per_chugakkoku&at=2026-11-21" },
];

/** At most 880 pixels wide, in steps of 17 in each colour: a third of the bytes. */
async function made_small(page, png) {
  const address = await page.evaluate(async (base64) => {
    const image = new Image();
    image.src = `data:image/png;base64,${base64}`;
    await image.decode();
    const canvas = document.createElement("canvas");
    const scale = Math.min(1, 880 / image.width);
    canvas.width = Math.round(image.width * scale);
    canvas.height = Math.round(image.height * scale);
    const pen = canvas.getContext("2d");
    pen.imageSmoothingQuality = "high";
    pen.drawImage(image, 0, 0, canvas.width, canvas.height);
    const picture = pen.getImageData(0, 0, canvas.width, canvas.height);
    picture.data.forEach((value, i) => (picture.data[i] = i % 4 === 3 ? 255 : Math.min(255, Math.round(value / 17) * 17)));
    pen.putImageData(picture, 0, 0);
    return canvas.toDataURL("image/png");
  }, png.toString("base64"));
  return Buffer.from(address.slice(address.indexOf(",") + 1), "base64");
}

const town = await start_town();
const browser = await launch();
try {
  for (const { name, size, address } of pictures) {
    const { page, close } = await open_page(browser, { size });
    await page.goto(town.origin + address);
    if (size.width > 1000) await page.locator("[data-drawn]").waitFor({ timeout: 60_000 });
    await writeFile(path.join(root, `docs/pictures/${name}.png`), await made_small(page, await page.screenshot()));
    await close();
  }
} finally {
  await browser.close();
  await town.end();
}
