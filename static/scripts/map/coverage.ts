// The coverage map: district tiles, each district in its tier's pattern, blank areas outlined and numbered. The tiers are
// those of the page's table, so that map and table cannot disagree.
import type { FeatureCollection, Point, Polygon } from "geojson";

import { colour, draw_ground, maplibregl, mark_when_idle, moves } from "./ground";
import { tie_hours, type Shown } from "./hours";
import { picture, pixel_ratio, tiers, type Tier } from "./patterns";

/** More names than this only cover the map. */
const most_names = 60;

function codes_by_tier(): Map<Tier, string[]> {
  const result = new Map<Tier, string[]>();
  for (const row of document.querySelectorAll<HTMLElement>("tr[data-code]")) {
    const tier = row.dataset.tier as Tier;
    result.set(tier, [...(result.get(tier) ?? []), row.dataset.code ?? ""]);
  }
  return result;
}

function names(): FeatureCollection<Point> {
  const rows = [...document.querySelectorAll<HTMLElement>("tr[data-lon]")];
  return {
    type: "FeatureCollection",
    features: rows.slice(0, rows.length > most_names ? 0 : rows.length).map((row, place) => ({
      type: "Feature",
      // Where there is no room for two names, the map has that of the row that stands first, as the drawing does.
      properties: { name: row.querySelector("th a")?.textContent ?? "", place },
      geometry: { type: "Point", coordinates: [Number(row.dataset.lon), Number(row.dataset.lat)] },
    })),
  };
}

const districts = { source: "districts", sourceLayer: "districts" };
/** One where the district is of the tier, else nothing: a state is drawn with the next frame, where a filter would have the tiles laid out anew. */
const of_tier = (tier: Tier): maplibregl.ExpressionSpecification => ["case", ["==", ["feature-state", "tier"], tier], 1, 0];

function add_tiers(map: maplibregl.Map, page: HTMLElement): void {
  for (const tier of tiers) {
    map.addImage(`tier-${tier}`, picture(tier, page), { pixelRatio: pixel_ratio });
    map.addLayer(
      {
        id: `tier-${tier}`,
        type: "fill",
        source: "districts",
        "source-layer": "districts",
        paint: { "fill-pattern": `tier-${tier}`, "fill-opacity": of_tier(tier) },
      },
      "borders",
    );
  }
  map.setPaintProperty("borders", "line-color", colour(page, "--district-edge", "#6e6a60"));
  map.addLayer({
    id: "blank-edge",
    type: "line",
    source: "districts",
    "source-layer": "districts",
    layout: { "line-join": "round" },
    paint: { "line-color": colour(page, "--blank-edge", "#9a2617"), "line-width": 3.5, "line-opacity": of_tier("blank") },
  });
  show_codes(map, codes_by_tier());
}

/** The drawing's squares laid on the earth: the map shows the same children at the same places. */
function children(page: HTMLElement): FeatureCollection<Polygon> {
  const drawn = page.querySelector<SVGPathElement>("svg.drawing path.children-squares");
  const frame = (drawn?.dataset.frame ?? "").split(",").map(Number);
  const [lon = 0, lat = 0, across = 0, down = 0] = frame;
  const squares = [...(drawn?.getAttribute("d") ?? "").matchAll(/M(-?[\d.]+) (-?[\d.]+)h([\d.]+)/g)];
  return {
    type: "FeatureCollection",
    features: squares.map(([, x, y, side]) => {
      const [west, north] = [lon + Number(x) * across, lat - Number(y) * down];
      const [east, south] = [west + Number(side) * across, north - Number(side) * down];
      return {
        type: "Feature",
        properties: {},
        geometry: { type: "Polygon", coordinates: [[[west, north], [west, south], [east, south], [east, north], [west, north]]] },
      };
    }),
  };
}

function add_children(map: maplibregl.Map, page: HTMLElement): void {
  map.addSource("children", { type: "geojson", data: children(page) });
  map.addLayer({
    id: "children",
    type: "fill",
    source: "children",
    paint: { "fill-color": colour(page, "--ink", "#24211c"), "fill-opacity": 0.72, "fill-outline-color": colour(page, "--sheet", "#ffffff") },
  });
}

function add_names(map: maplibregl.Map, page: HTMLElement): void {
  map.addSource("names", { type: "geojson", data: names() });
  map.addLayer({
    id: "names",
    type: "symbol",
    source: "names",
    // A small map has room for names only once it is enlarged.
    minzoom: page.clientWidth < 600 ? map.getZoom() + 0.8 : 0,
    layout: { "text-field": ["get", "name"], "text-size": 13, "text-font": ["sans"], "text-max-width": 8, "text-offset": [0, 1.6], "symbol-sort-key": ["get", "place"] },
    paint: {
      "text-color": colour(page, "--ink", "#24211c"),
      "text-halo-color": colour(page, "--sheet", "#ffffff"),
      "text-halo-width": 1.6,
    },
  });
}

function blanks_of_page(): Shown["blanks"] {
  return [...document.querySelectorAll<HTMLElement>(".blank-list li[data-lon]")].map((item) => ({
    number: Number(item.dataset.number),
    at: [Number(item.dataset.lon), Number(item.dataset.lat)],
  }));
}

/** \returns what takes them away again */
function add_blank_numbers(map: maplibregl.Map, page: HTMLElement, blanks: Shown["blanks"]): () => void {
  const markers = blanks.map(({ number, at }) => {
    const mark = document.createElement("div");
    mark.className = "marker-blank";
    mark.textContent = String(number);
    const marker = new maplibregl.Marker({ element: mark }).setLngLat(at).addTo(map);
    mark.setAttribute("role", "img");
    mark.setAttribute("aria-label", (page.dataset.blank ?? "%n").replace("%n", mark.textContent));
    return marker;
  });
  return () => {
    for (const marker of markers) marker.remove();
  };
}

function show_codes(map: maplibregl.Map, codes: Map<Tier, string[]>): void {
  map.removeFeatureState(districts);
  for (const [tier, of] of codes) {
    for (const code of of) map.setFeatureState({ ...districts, id: code }, { tier });
  }
}

/** A click on a district shows its row. */
function tie_to_table(map: maplibregl.Map): void {
  let chosen: Element | undefined;
  // Every layer has every district, those of no row too; one of them tells which.
  const is_shown = (feature: maplibregl.MapGeoJSONFeature): boolean => feature.state.tier !== undefined;
  const layers = [`tier-${tiers[0]}`];
  map.on("click", (event) => {
    const feature = map.queryRenderedFeatures(event.point, { layers }).find(is_shown);
    const code = feature?.properties.code as string | undefined;
    const row = code === undefined ? undefined : [...document.querySelectorAll<HTMLElement>("tr[data-code]")].find((one) => one.dataset.code === code);
    chosen?.classList.remove("chosen");
    chosen = row;
    row?.classList.add("chosen");
    row?.scrollIntoView({ block: "center", behavior: moves() ? "smooth" : "auto" });
  });
  map.on("mousemove", (event) => {
    map.getCanvas().style.cursor = map.queryRenderedFeatures(event.point, { layers }).some(is_shown) ? "pointer" : "";
  });
}

export async function draw_coverage(page: HTMLElement): Promise<void> {
  const bounds = (page.dataset.bounds ?? "").split(",").map(Number);
  if (bounds.length !== 4 || bounds.some(Number.isNaN)) return;
  const canvas = document.createElement("div");
  canvas.className = "map-canvas";
  page.append(canvas);
  try {
    const map = await draw_ground(canvas, { layer: page.dataset.layer, bounds: bounds as [number, number, number, number] });
    add_tiers(map, page);
    add_children(map, page);
    add_names(map, page);
    let take_away = add_blank_numbers(map, page, blanks_of_page());
    tie_to_table(map);
    tie_hours((shown) => {
      show_codes(map, shown?.codes ?? codes_by_tier());
      take_away();
      take_away = add_blank_numbers(map, page, shown?.blanks ?? blanks_of_page());
      page.dataset.hour = shown === undefined ? "" : "shown";
    });
    // The drawing is seen until the canvas is whole, and keeps its place under it afterwards.
    map.once("idle", () => {
      page.classList.add("drawing-behind");
      page.querySelector("svg.drawing")?.setAttribute("aria-hidden", "true");
    });
    mark_when_idle(map, page);
  } catch (error) {
    canvas.remove();
    throw error;
  }
}
