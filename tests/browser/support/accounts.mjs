// Accounts of a town's staff as its administrator makes them on the server, and as people sign in with them.
import { spawn } from "node:child_process";
import { createHmac } from "node:crypto";

import { binary } from "./town.mjs";

/** Invented; long enough, and nothing that anybody has. */
export const password = "潮風と 三つの 古い 鍵穴";

/** Runs `shirube user …` on a town's store, with a password on its input where one is asked for. */
export async function user(town, ...given) {
  const child = spawn(binary, ["user", ...given, "--store", town.store], { stdio: ["pipe", "pipe", "pipe"] });
  let said = "";
  child.stdout.on("data", (text) => (said += text));
  child.stderr.on("data", (text) => (said += text));
  child.stdin.end(`${password}\n`);
  const status = await new Promise((resolve) => child.once("exit", resolve));
  if (status !== 0) throw new Error(`shirube user ${given.join(" ")}: ${status} ${said}`);
  return said;
}

/** With the lesser of the costs that an operator may choose: machines that test have little memory, and two cores. */
export const add_user = (town, name, role, municipality) =>
  user(town, "add", name, "--role", role, "--password-cost", "interactive", ...(municipality ? ["--municipality", municipality] : []));

export async function fill_sign_in(page, name, word = password) {
  await page.locator("#name").fill(name);
  await page.locator("#password").fill(word);
  await page.locator('.staff-form button[type="submit"]').click();
}

export async function sign_in(page, town, name, { word = password, address = "/staff" } = {}) {
  await page.goto(town.origin + address);
  await fill_sign_in(page, name, word);
}

/** What an authenticator shows for a key (RFC 6238: SHA-1, six digits, 30 s). \param key base32, in groups or not */
export function authenticator_code(key, now = Date.now(), ahead = 0) {
  const bits = [...key.replaceAll(" ", "")].map((c) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(c).toString(2).padStart(5, "0")).join("");
  const secret = Buffer.from(bits.match(/.{8}/g).map((byte) => Number.parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(now / 30_000) + ahead));
  const mac = createHmac("sha1", secret).update(step).digest();
  const at = mac[19] & 15;
  return String((mac.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}
