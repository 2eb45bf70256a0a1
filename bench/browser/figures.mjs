// Figures from the browser, written where all others are: bench_report adds a line to the file.
import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";

import { root } from "../../tests/browser/support/town.mjs";

const programs = process.env.SHIRUBE_BENCH_PROGRAMS ?? path.join(root, "build/release");

export function part_at(values, part) {
  const ordered = values.toSorted((a, b) => a - b);
  return ordered[Math.round(part * (ordered.length - 1))];
}

export const median = (values) => part_at(values, 0.5);

/** \param figure name, ours, unit, and wanted (a bound), note, where there are any; less is better */
export async function report(figures, { name, ours, unit, wanted, note = "" }) {
  const words = ["add", "--name", name, "--ours", String(ours), "--unit", unit, "--lower-is-better"];
  if (figures) words.push("--figures", figures);
  if (wanted !== undefined) words.push("--wanted", String(wanted));
  if (note) words.push("--note", note);
  const { stdout } = await promisify(execFile)(path.join(programs, "bench_report"), words);
  process.stdout.write(stdout);
}
