// What is asked of every page: accessible, no wider than the screen, large enough to read and to touch.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

export const in_language = (address, language) => `${address}${address.includes("?") ? "&" : "?"}lang=${language}`;

export async function axe_faults(page) {
  await page.evaluate(axe);
  const result = await page.evaluate(() => globalThis.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
  return result.violations.map((one) => `${one.id}: ${one.nodes.slice(0, 3).map((node) => `${node.target} ${node.failureSummary}`).join(" | ")}`);
}

/** For page.evaluate(): elements that are wider than the page, unless they scroll by themselves. */
export const sticking_out = () => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  return [...document.querySelectorAll("body *")]
    .filter((element) => element.getBoundingClientRect().right > width + 1 && !element.closest(".scroll"))
    .map((element) => `${element.tagName}.${element.className}`);
};

/** For page.evaluate(): words under 16 px, targets under 44 px. */
export const too_small = () => {
  const faults = [];
  const visible = (element) => element.checkVisibility?.({ visibilityProperty: true }) && element.getClientRects().length > 0;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    if (!walker.currentNode.textContent.trim() || !visible(parent) || parent.closest("rt, rp, svg, .vh, .marker.dot, .maplibregl-ctrl")) continue;
    const size = Number.parseFloat(getComputedStyle(parent).fontSize);
    if (size < 16) faults.push(`text ${size}px: ${walker.currentNode.textContent.trim().slice(0, 30)}`);
  }
  for (const target of document.querySelectorAll("button, .button, summary, select, input[type=text], input[type=password], input[type=date], .chip, .choice, .tick, .languages a, .situations a, .choices a, .plain-links a, .staff-table a, .back a")) {
    if (!visible(target)) continue;
    const { width, height } = target.getBoundingClientRect();
    if (height < 43.5 || width < 43.5) faults.push(`target ${Math.round(width)}×${Math.round(height)}: ${target.className} ${target.textContent.trim().slice(0, 20)}`);
  }
  return faults;
};
