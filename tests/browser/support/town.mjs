// The real binary on the demonstration town: loaded into a folder of its own, served on a free loopback port, ended by
// its process id.
import { execFile, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
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

/** Starts the town; `end()` stops the server and removes the folder. \param settings of `serve`, beside store and port */
export async function start_town(settings = []) {
  const folder = await mkdtemp(path.join(tmpdir(), "shirube-town-"));
  const store = path.join(folder, "town.shirube");
  await promisify(execFile)(path.join(root, "demo/load.sh"), [binary, store]);
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
