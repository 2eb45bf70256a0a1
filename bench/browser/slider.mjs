// A moved slider of hours: from the moment its answer has come to the frame in which the map shows it, and from the move.
// node bench/browser/slider.mjs WHOSE ORIGIN FIGURES
import { launch, open_page, sizes } from "../../tests/browser/support/browser.mjs";
import { median, report } from "./figures.mjs";

const moves_wanted = 50;

/**
 * Runs in the page before its scripts. Frames are counted; an answer is there when its JSON has been read; after each
 * frame in which something was drawn a dozen rows of the map's picture are read, and the first and the last frame whose
 * picture is another one are kept. A frame has been shown when the next one begins.
 */
const watch = () => {
  const seen = { frame: 0, answer: null, first: null, changed: null, picture: 0, drawing: [] };
  let canvas_drawn = null;
  for (const call of ["drawElements", "drawArrays"]) {
    const own = WebGL2RenderingContext.prototype[call];
    WebGL2RenderingContext.prototype[call] = function (...words) {
      canvas_drawn = this;
      return own.apply(this, words);
    };
  }
  const picture_of = (gl) => {
    const [across, down] = [gl.drawingBufferWidth, gl.drawingBufferHeight];
    const row = new Uint8Array(across * 4);
    let hash = 2166136261;
    for (let i = 1; i <= 12; i += 1) {
      gl.readPixels(0, Math.floor((down * i) / 13), across, 1, gl.RGBA, gl.UNSIGNED_BYTE, row);
      for (const value of new Uint32Array(row.buffer)) hash = Math.imul(hash ^ value, 16777619);
    }
    return hash;
  };
  const own_frame = window.requestAnimationFrame.bind(window);
  let waits_for_next = null;
  const tick = (began) => {
    seen.frame += 1;
    if (waits_for_next) {
      waits_for_next.shown = performance.now();
      waits_for_next = null;
    }
    own_frame(tick);
  };
  own_frame(tick);
  window.requestAnimationFrame = (callback) =>
    own_frame((began) => {
      const begins = performance.now();
      callback(began);
      if (!canvas_drawn) return;
      canvas_drawn.finish();
      const drawn = performance.now();
      seen.drawing.push(drawn - begins);
      const picture = picture_of(canvas_drawn);
      canvas_drawn = null;
      if (picture === seen.picture) return;
      seen.picture = picture;
      seen.changed = { frame: seen.frame, drawn, shown: null };
      if (seen.answer) seen.first ??= seen.changed;
      waits_for_next = seen.changed;
    });
  const own_json = Response.prototype.json;
  Response.prototype.json = async function () {
    const answer = await own_json.call(this);
    seen.answer = { frame: seen.frame, at: performance.now() };
    return answer;
  };
  window.bench_seen = seen;
};

/** Moves the slider and waits until the picture has been at rest for a while. */
const move_to = async (hour) => {
  const seen = window.bench_seen;
  const slider = document.querySelector("[data-hours] input");
  const rest = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  seen.answer = null;
  seen.changed = null;
  seen.first = null;
  slider.value = String(hour);
  const moved = performance.now();
  slider.dispatchEvent(new Event("input", { bubbles: true }));
  // The hours differ, so a new picture comes; then it is waited for until none follows.
  for (let before; ; ) {
    before = seen.changed?.frame;
    await rest(300);
    const waited = seen.answer ? performance.now() - seen.answer.at : 0;
    if (seen.first && seen.changed.frame === before && seen.changed.shown !== null) break;
    if (!seen.first && waited > 4_000) break;
    if (performance.now() - moved > 15_000) throw new Error("the slider's answer did not come");
  }
  if (!seen.first) return null; // it looks as the page did before
  return {
    frames: seen.changed.frame - seen.answer.frame,
    first: seen.first.frame - seen.answer.frame,
    drawn: seen.changed.drawn - seen.answer.at,
    shown: seen.changed.shown - seen.answer.at,
    from_move: seen.changed.shown - moved,
  };
};

/** Hours one after the other whose maps differ, each once: an answer that a page has is not asked for again. */
async function hours_that_differ(address) {
  const looks = new Map();
  for (let hour = 7; hour <= 22; hour += 1) {
    const answer = await (await fetch(`${origin}/api/v1/coverage?${address}&hour=${hour}`)).json();
    const look = JSON.stringify(answer.districts.map((one) => [one.code, one.tier]));
    looks.set(look, [...(looks.get(look) ?? []), hour]);
  }
  const order = [];
  for (let last; ; ) {
    const [next] = [...looks].filter(([look, hours]) => look !== last && hours.length > 0).toSorted((a, b) => b[1].length - a[1].length);
    if (!next) return order;
    order.push(next[1].shift());
    last = next[0];
  }
}

const [whose, origin, figures] = process.argv.slice(2);
const browser = await launch();
const moves = [];
const drawing = [];
let alike = 0;
try {
  // A page keeps the answers it has: each hour is asked once, so several pages are opened.
  for (let load = 0; moves.length < moves_wanted && load < 15; load += 1) {
    const address = `policy=base_per_chugakkoku&layer=chugakkoku&at=2026-11-${String(16 + (load % 5)).padStart(2, "0")}`;
    const { page, close } = await open_page(browser, { size: sizes.desk });
    await page.addInitScript(watch);
    await page.goto(`${origin}/planner?${address}`);
    await page.locator('[data-coverage-map][data-drawn="yes"]').waitFor({ timeout: 60_000 });
    await page.locator(".coverage-map canvas").scrollIntoViewIfNeeded();
    for (const hour of await hours_that_differ(address)) {
      const one = await page.evaluate(move_to, hour);
      if (one) moves.push(one);
      else alike += 1;
    }
    drawing.push(...(await page.evaluate(() => window.bench_seen.drawing)));
    await close();
  }
} finally {
  await browser.close();
}
if (moves.length < moves_wanted) throw new Error(`only ${moves.length} moves changed the map of ${whose}`);
const of = (name) => moves.map((one) => one[name]);
const note =
  `${moves.length} moves in Chromium at 1280 px, drawn by the processor (${median(drawing).toFixed(0)} ms a frame); from the answer's JSON to the ` +
  `frame whose picture is the last new one; the first new one comes after ${median(of("first"))}`;
const name = `a moved slider, ${whose}`;
await report(figures, { name: `${name}: frames from the answer to the map, median`, ours: median(of("frames")), unit: "frames", wanted: 1, note });
await report(figures, { name: `${name}: frames, worst`, ours: Math.max(...of("frames")), unit: "frames" });
await report(figures, { name: `${name}: from the answer until it is drawn, median`, ours: median(of("drawn")), unit: "ms", note: `until the next frame begins ${median(of("shown")).toFixed(0)} ms, from the move ${median(of("from_move")).toFixed(0)} ms` });
await report(figures, { name: `${name}: from the answer until it is drawn, worst`, ours: Math.max(...of("drawn")), unit: "ms" });
