// The real binary on the demonstration town: loaded into a folder of its own, served on a free loopback port, ended by
// its process id.
import { execFile, spawn } from "node:child_process";
import { createHash, randomUUID } from "node:crypto";
import { copyFile, mkdir, mkdtemp, readdir, rename, rm, stat } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../../..");
export const binary = path.resolve(root, process.env.SHIRUBE_BINARY ?? "build/release/shirube");

function free_port() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

async function until_ready(origin, server, said) {
  for (const end = Date.now() + 30_000; Date.now() < end; ) {
    if (server.exitCode !== null || server.signalCode !== null) throw new Error(`the server ended with ${server.exitCode ?? server.signalCode}: ${said()}`);
    try {
      if ((await fetch(`${origin}/readyz`)).ok) return;
    } catch {
      // not listening yet
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`the server is not ready after 30 s: ${said()}`);
}

/** What the town is made of and by: other lists or another program give another. */
async function digest_of_town() {
  const digest = createHash("sha256");
  const files = (await readdir(path.join(root, "demo"), { recursive: true })).map((file) => path.join(root, "demo", file)).sort();
  for (const file of [binary, ...files]) {
    const { size, mtimeMs } = await stat(file);
    digest.update(`${file} ${size} ${mtimeMs}\n`);
  }
  return digest.digest("hex").slice(0, 16);
}

/** The endings of the files that a store keeps beside it, as .seeds. */
async function beside_of(store) {
  const name = path.basename(store);
  return (await readdir(path.dirname(store))).filter((file) => file.startsWith(`${name}.`)).map((file) => file.slice(name.length));
}

/** A store of the demonstration town, loaded once for all files of tests: it takes thirty imports. */
async function loaded_town() {
  const folder = path.join(root, "build/demo/browser");
  const store = path.join(folder, `${await digest_of_town()}.shirube`);
  try {
    await stat(store);
  } catch {
    await mkdir(folder, { recursive: true });
    // Another run may be loading its own at this moment: what has no name of a store yet stays.
    for (const old of await readdir(folder)) if (old.includes(".shirube")) await rm(path.join(folder, old), { force: true });
    const fresh = path.join(folder, `${randomUUID()}.fresh`);
    await promisify(execFile)(path.join(root, "demo/load.sh"), [binary, fresh]);
    // What lies beside the store goes first: whoever sees the store sees a whole town.
    for (const beside of await beside_of(fresh)) await rename(fresh + beside, store + beside);
    await rename(fresh, store);
  }
  return store;
}

/** Starts the town; `end()` stops the server and removes the folder. \param settings of `serve`, beside store and port */
export async function start_town(settings = []) {
  const folder = await mkdtemp(path.join(tmpdir(), "shirube-town-"));
  const store = path.join(folder, "town.shirube");
  const loaded = await loaded_town();
  for (const beside of ["", ...(await beside_of(loaded))]) await copyFile(loaded + beside, store + beside);
  const port = await free_port();
  const server = spawn(binary, ["serve", "--store", store, "--listen", `127.0.0.1:${port}`, ...settings], { stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  server.stdout.on("data", (text) => (output += text));
  server.stderr.on("data", (text) => (output += text));
  const ended = new Promise((resolve) => server.once("exit", resolve));
  const origin = `http://127.0.0.1:${port}`;
  const end = async () => {
    server.kill("SIGTERM");
    const patience = setTimeout(() => server.kill("SIGKILL"), 5_000);
    await ended;
    clearTimeout(patience);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await until_ready(origin, server, () => output);
  } catch (error) {
    await end();
    throw error;
  }
  return {
    origin,
    store,
    end,
    /** What the server has written to its log so far. */
    log: () => output,
    async json(address) {
      const answer = await fetch(origin + address);
      if (!answer.ok) throw new Error(`${address}: ${answer.status} ${await answer.text()}`);
      return answer.json();
    },
  };
}
