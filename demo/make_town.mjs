#!/usr/bin/env node
// Makes the demonstration town: an invented city and its neighbour, in the layouts of the real sources. The same run
// gives the same bytes every time.
//
//   node demo/make_town.mjs           writes demo/town/ and the table of faults in demo/README.md
//   node demo/make_town.mjs --check   says whether the files are what it would write (exit 1 where they are not)

import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

import { make_age_list } from './maker/ages.mjs';
import { make_consultation_areas, make_daily_life_areas, make_elementary_districts } from './maker/areas.mjs';
import { make_block_file } from './maker/blocks.mjs';
import { make_district_file } from './maker/districts.mjs';
import { make_town_readme, with_fault_table } from './maker/documents.mjs';
import { make_fault_book } from './maker/faults.mjs';
import { make_land } from './maker/land.mjs';
import { make_halls, make_postal_codes, make_schools, make_stations } from './maker/landmarks.mjs';
import { make_cafeteria_list } from './maker/list_cafeteria.mjs';
import { make_field_lists } from './maker/list_field.mjs';
import { make_foster_list } from './maker/list_foster.mjs';
import { make_helpers_list } from './maker/list_helpers.mjs';
import { make_jidokan_list } from './maker/list_jidokan.mjs';
import { make_needs_list } from './maker/list_needs.mjs';
import { make_support_list } from './maker/list_support.mjs';
import { make_seed_lists } from './maker/list_seeds.mjs';
import { make_tie_lists } from './maker/list_ties.mjs';
import { k_municipalities, k_prefecture } from './maker/names.mjs';
import { make_cells, make_population_file } from './maker/population.mjs';
import { make_site_finder } from './maker/sites.mjs';
import { gazetteer_file_name, make_gazetteer_file, make_towns } from './maker/towns.mjs';

const k_demo = dirname(fileURLToPath(import.meta.url));
const k_readme = join(k_demo, 'README.md');
const k_town = join(k_demo, 'town');

/** Every file of the town: its path under demo/ and its bytes. */
function make_files() {
  const files = new Map();
  const put = (path, content) => files.set(path, Buffer.isBuffer(content) ? content : Buffer.from(content, 'utf8'));
  const faults = make_fault_book();
  const land = make_land();
  const towns = make_towns(land);
  put('town/districts/A32-13_99.geojson', make_district_file(land, faults));
  put('town/districts/小学校区.geojson', make_elementary_districts(land));
  put('town/districts/相談機関の区域.csv', make_consultation_areas());
  put('town/districts/日常生活圏域.csv', make_daily_life_areas());
  const cells = make_cells(land);
  put('town/population/tblT001142Q_99.txt', make_population_file(cells, faults));
  const ages = make_age_list(land, towns, cells);
  put(`town/population/${ages.file}`, ages.bytes);
  for (const municipality of Object.keys(k_municipalities)) {
    put(`town/gazetteer/ja/${k_prefecture}/${gazetteer_file_name(municipality)}`, make_gazetteer_file(towns, municipality));
  }
  const blocks = make_block_file(land, towns, '99201');
  put('town/gazetteer/99201_2026.csv', blocks.bytes);
  const find_site = make_site_finder(land, towns);
  const lists = [make_jidokan_list, make_support_list, make_foster_list, make_cafeteria_list].map((make) => make(find_site, faults));
  for (const { file, bytes } of lists) put(`town/lists/${file}`, bytes);
  const field = make_field_lists(find_site);
  for (const list of field) put(`town/lists/${list.file}`, list.bytes);
  const needs = make_needs_list(land, cells);
  put(`town/needs/${needs.file}`, needs.bytes);
  const helpers = make_helpers_list();
  put(`town/helpers/${helpers.file}`, helpers.bytes);
  const ties = make_tie_lists();
  for (const { file, bytes } of ties) put(`town/ties/${file}`, bytes);
  const seeds = make_seed_lists();
  for (const { file, bytes } of seeds) put(`town/seeds/${file}`, bytes);
  const landmarks = [make_stations(land), make_schools(land, towns, find_site), make_halls(find_site), make_postal_codes(towns)];
  for (const { file, bytes } of landmarks) put(`town/landmarks/${file}`, bytes);
  put('town/README.md', make_town_readme({ land, towns, blocks, cells, ages, lists, field, needs, helpers, ties, seeds, landmarks }));
  put('README.md', with_fault_table(readFileSync(k_readme, 'utf8'), faults));
  return files;
}

function files_under(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? files_under(path) : [relative(k_demo, path)];
  });
}

/** What differs between the folder and what would be written, as sentences. */
function differences(files) {
  const found = [];
  for (const [path, bytes] of files) {
    const there = join(k_demo, path);
    if (!existsSync(there)) found.push(`${path} is missing`);
    else if (!readFileSync(there).equals(bytes)) found.push(`${path} differs`);
  }
  for (const path of files_under(k_town)) {
    if (!files.has(path)) found.push(`${path} is not a file of the town`);
  }
  return found;
}

function main(words) {
  if (words.some((word) => word !== '--check')) {
    console.error('usage: node demo/make_town.mjs [--check]');
    return 2;
  }
  const files = make_files();
  if (words.includes('--check')) {
    const found = differences(files);
    found.forEach((sentence) => console.error(sentence));
    console.log(found.length === 0 ? `${files.size} files are as made` : 'run: node demo/make_town.mjs');
    return found.length === 0 ? 0 : 1;
  }
  rmSync(k_town, { recursive: true, force: true });
  for (const [path, bytes] of files) {
    mkdirSync(dirname(join(k_demo, path)), { recursive: true });
    writeFileSync(join(k_demo, path), bytes);
  }
  console.log(`${files.size} files, ${[...files.values()].reduce((total, bytes) => total + bytes.length, 0)} bytes`);
  return 0;
}

process.exitCode = main(process.argv.slice(2));
