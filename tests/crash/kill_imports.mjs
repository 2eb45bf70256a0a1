// Kills imports of every kind, and undos, with SIGKILL at random moments, and looks at what is left: the store of before
// or the store of after, whole, and clean by `shirube check`.
//
//   node tests/crash/kill_imports.mjs [ROUNDS] [SEED] [BINARY]        200 rounds, a new seed, build/release/shirube
//
// Half of the moments are drawn from the time the whole import takes, half from the growth of the write-ahead log, so
// that the transaction and its end get their share however long the reading takes. A seed draws the same moments again,
// the machine's own timing aside. A store that is neither is kept under build/crash, with the round that made it.
import { execFileSync, spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const rounds = Number(process.argv[2] ?? 200);
const seed = Number(process.argv[3] ?? Date.now() % 1_000_000);
const binary = path.resolve(process.argv[4] ?? path.join(root, "build/release/shirube"));
if (!Number.isInteger(rounds) || rounds < 1 || !Number.isInteger(seed) || !fs.existsSync(binary)) {
  console.error("usage: node tests/crash/kill_imports.mjs [ROUNDS] [SEED] [BINARY]");
  process.exit(2);
}

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "shirube-crash-"));
process.on("exit", () => fs.rmSync(folder, { recursive: true, force: true }));
const town = path.join(root, "demo/town");

/** mulberry32: the same moments for the same seed. */
function dice(start) {
  let state = start >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
const random = dice(seed);

// ---- stores ---------------------------------------------------------------------------------------------------------

const parts = ["", "-wal", "-shm"];

function copyStore(from, to) {
  for (const part of parts) {
    fs.rmSync(to + part, { force: true });
    if (fs.existsSync(from + part)) fs.copyFileSync(from + part, to + part);
  }
}

function run(...words) {
  return spawnSync(binary, ["--lang", "en", ...words], { encoding: "utf8", maxBuffer: 1 << 28 });
}

function must(...words) {
  const ran = run(...words);
  if (ran.status !== 0 && ran.status !== 3) throw new Error(`${words.join(" ")}: ${ran.status}\n${ran.stderr}`);
  return ran.stdout;
}

const hasSqlite = spawnSync("sqlite3", ["--version"]).status === 0;

/** How many rows each plain table has: the public edition leaves the gazetteer, holidays and the rows' history out. */
function counts(store) {
  if (!hasSqlite) return "";
  const ask = (sql) => execFileSync("sqlite3", ["-readonly", store, sql], { encoding: "utf8" }).trim();
  const tables = ask(`SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'
      AND name NOT LIKE 'idx_%' AND name NOT LIKE 'sqlite_%' ORDER BY name`).split("\n");
  return ask(tables.map((name) => `SELECT '${name}', count(*) FROM "${name}"`).join(" UNION ALL "));
}

/** What a store holds, in a line: the public edition's digest, its history without the clock, its tables' rows. */
function stateOf(store) {
  const edition = JSON.parse(must("search", "--store", store, "--format", "json", "--limit", "1")).edition;
  const history = must("imports", "--store", store).replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)?/g, "…");
  return JSON.stringify([edition, history, counts(store)]);
}

// ---- what is imported -----------------------------------------------------------------------------------------------

function write(name, content, encoding = "utf8") {
  const file = path.join(folder, name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, content, encoding);
  return file;
}

const count = (n, make) => Array.from({ length: n }, (_, i) => make(i));

/** The town's towns and 1,500 more. */
function towns() {
  const known = JSON.parse(fs.readFileSync(path.join(town, "gazetteer/ja/標県/潮見野市.json"), "utf8"));
  const more = count(1500, (i) => ({ town: `新開${i}番町`, koaza: "", lat: 33.1 + i * 1e-5, lng: 137.1 + i * 1e-5 }));
  return write("99201.json", JSON.stringify([...known, ...more]));
}

/** The town's districts without the first, with twenty corners where there was one. */
function districts() {
  const file = JSON.parse(fs.readFileSync(path.join(town, "districts/A32-13_99.geojson"), "utf8"));
  file.features.shift();
  const dense = (ring) => ring.flatMap(([x, y], i) => {
    const [u, v] = ring[Math.min(i + 1, ring.length - 1)];
    return i + 1 === ring.length ? [[x, y]] : count(20, (k) => [x + ((u - x) * k) / 20, y + ((v - y) * k) / 20]);
  });
  for (const { geometry } of file.features) {
    geometry.coordinates = geometry.type === "Polygon"
      ? geometry.coordinates.map(dense) : geometry.coordinates.map((polygon) => polygon.map(dense));
  }
  return write("A32-13_99.geojson", JSON.stringify(file));
}

/** The town's cells without every seventh; CP932, kept byte for byte. */
function population() {
  const lines = fs.readFileSync(path.join(town, "population/tblT001142Q_99.txt"), "latin1").split("\n");
  return write("tblT001142Q_99.txt", lines.filter((_, i) => i < 2 || i % 7 !== 0).join("\n"), "latin1");
}

function resources() {
  const rows = count(1500, (i) => `R-${i},${i % 2 ? "児童館" : "こども食堂"},第${i}ひろば,標県潮見野市港町${i % 60}-${i},99201,${33.1 + i * 1e-4},${137.1 + i * 1e-4}`);
  return write("places.csv", `番号,事業,名称,住所,市区町村コード,緯度,経度\n${rows.join("\n")}\n`);
}

function needs() {
  const rows = count(2000, (i) => `出生数,市区町村,,,99201,,,,${1900 + (i % 120)},${i},人,,架空の統計${i},`);
  return write("needs.csv", `指標,区域の層,区域コード,区域名,市区町村コード,メッシュコード,期間_開始,期間_終了,年度,値,単位,秘匿,出典,備考\n${rows.join("\n")}\n`);
}

function holidays() {
  const rows = count(1200, (i) => `${2000 + Math.floor(i / 24)}/${1 + (i % 12)}/${1 + (i % 24)},架空の休日`);
  return write("syukujitsu.csv", `国民の祝日・休日月日,国民の祝日・休日名称\n${rows.join("\n")}\n`);
}

function landmarks() {
  const rows = count(2000, (i) => `${i}番館,施設,${33.1 + i * 1e-4},${137.1 + i * 1e-4},99201`);
  return write("landmarks.csv", `名称,種類,緯度,経度,市区町村コード\n${rows.join("\n")}\n`);
}

function relations() {
  const rows = count(2000, (i) => `紹介,${i % 40}番の会,99201,${i}番の会,${i % 90},${i % 7}`);
  return write("ties.csv", `つながり,から,からの市町村,へ,情報提供,つなぎ\n${rows.join("\n")}\n`);
}

const base = path.join(folder, "base.shirube");
execFileSync("bash", [path.join(root, "demo/load.sh"), binary, base], { stdio: ["ignore", "ignore", "inherit"] });
const licence = ["--licence", "架空"];
const places = resources();
const withPlaces = path.join(folder, "with_places.shirube");
copyStore(base, withPlaces);
must("import", "resources", places, "--store", withPlaces, "--list", "追加の一覧", ...licence);
const [lastImport] = [...must("imports", "--store", withPlaces).matchAll(/^ *(\d+) {2}/gm)].map((m) => m[1]).reverse();

/** Each: the store of before, and the words after `shirube`; the store to work on is added. */
const kinds = {
  gazetteer: { base, words: ["import", "gazetteer", towns(), "--municipality", "99201", "--list", "町丁目（潮見野市（架空））", ...licence] },
  districts: { base, words: ["import", "districts", districts(), "--layer", "chugakkoku", "--list", "中学校区（架空）", "--complete", ...licence] },
  population: { base, words: ["import", "population", population(), "--list", "人口メッシュ（架空）", ...licence] },
  resources: { base, words: ["import", "resources", places, "--list", "追加の一覧", ...licence] },
  needs: { base, words: ["import", "needs", needs(), "--list", "需要（架空）", ...licence] },
  holidays: { base, words: ["import", "holidays", holidays(), "--list", "祝日（架空）", ...licence] },
  landmarks: { base, words: ["import", "landmarks", landmarks(), "--list", "目印（架空）", ...licence] },
  relations: { base, words: ["import", "relations", relations(), "--list", "つながり（架空）", ...licence] },
  undo: { base: withPlaces, words: ["undo", lastImport] },
};

// ---- killing --------------------------------------------------------------------------------------------------------

const sizeOf = (file) => fs.statSync(file, { throwIfNoEntry: false })?.size ?? 0;

/**
 * Runs to the end, or to the moment that `isNow(milliseconds, bytes of the log)` names.
 * Answers the status (nothing where it was killed), the time and the log's greatest size.
 */
async function runUntil(words, store, isNow) {
  const began = performance.now();
  const child = spawn(binary, [...words, "--store", store], { stdio: "ignore" });
  const ended = new Promise((resolve) => child.on("exit", (status) => resolve(status)));
  let over = false;
  ended.then(() => { over = true; });
  let log = 0;
  while (!over) {
    log = Math.max(log, sizeOf(`${store}-wal`));
    if (isNow(performance.now() - began, log)) {
      child.kill("SIGKILL");
      break;
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
  return { status: await ended, ms: performance.now() - began, log };
}

const names = Object.keys(kinds);
for (const name of names) {
  const kind = kinds[name];
  const store = path.join(folder, "done.shirube");
  copyStore(kind.base, store);
  kind.whole = await runUntil(kind.words, store, () => false);
  if (kind.whole.status !== 0 && kind.whole.status !== 3) {
    throw new Error(`${name} does not go through: ${kind.whole.status}\n${run(...kind.words, "--store", store).stderr}`);
  }
  kind.before = stateOf(kind.base);
  kind.after = stateOf(store);
  kind.tally = { rounds: 0, killed: 0, before: 0, after: 0 };
  if (kind.before === kind.after) throw new Error(`${name} changes nothing, so nothing could be seen`);
}

console.log(`${rounds} rounds, seed ${seed}${hasSqlite ? "" : ", without sqlite3: no rows are counted"}`);
let broken = 0;
for (let round = 0; round < rounds; round += 1) {
  const name = names[round % names.length];
  const kind = kinds[name];
  const byLog = random() < 0.5;
  const share = random();
  const store = path.join(folder, "killed.shirube");
  copyStore(kind.base, store);
  const moment = byLog ? kind.whole.log * share : kind.whole.ms * 1.02 * share;
  const { status } = await runUntil(kind.words, store, (ms, log) => (byLog ? log > 0 && log >= moment : ms >= moment));
  kind.tally.rounds += 1;
  kind.tally.killed += status === null ? 1 : 0;
  const left = path.join(folder, "left.shirube");
  copyStore(store, left); // as the kill left it, should it have to be kept

  const check = run("check", "--store", store);
  const state = check.status === 0 ? stateOf(store) : "";
  const isAfter = state === kind.after;
  const isBefore = state === kind.before;
  let fault = check.status !== 0 ? `check says ${check.status}: ${check.stdout}${check.stderr}`
    : !isAfter && !isBefore ? "it is neither the state before nor the state after"
    : status !== null && !isAfter ? `it ended with ${status} and is not the state after` : "";
  if (!fault && round % 10 === 9) {
    // What was killed can be done; done twice it is an import more, of nothing new.
    const again = run(...kind.words, "--store", store);
    if (isBefore && ((again.status !== 0 && again.status !== 3) || stateOf(store) !== kind.after)) {
      fault = `doing it again ends with ${again.status} in another state`;
    }
  }
  kind.tally.after += isAfter ? 1 : 0;
  kind.tally.before += isBefore ? 1 : 0;
  if (fault) {
    broken += 1;
    const keep = path.join(root, "build/crash", `${seed}-${round}-${name}.shirube`);
    fs.mkdirSync(path.dirname(keep), { recursive: true });
    copyStore(left, keep);
    console.error(`round ${round}, ${name}, killed at ${moment.toFixed(0)} ${byLog ? "bytes of the log" : "ms"}: ${fault}\n  kept: ${keep}`);
  }
}

for (const name of names) {
  const { tally, whole } = kinds[name];
  console.log(`${name.padEnd(10)} ${String(tally.rounds).padStart(4)} rounds, ${tally.killed} killed, ` +
    `${tally.before} before, ${tally.after} after (${whole.ms.toFixed(0)} ms, ${(whole.log / 1024).toFixed(0)} KiB of log)`);
}
const sum = (what) => names.reduce((total, name) => total + kinds[name].tally[what], 0);
console.log(`${sum("rounds")} rounds: ${sum("killed")} killed, ${sum("before")} left the state before, ${sum("after")} the state after, ${broken} neither`);
process.exitCode = broken === 0 ? 0 : 1;
