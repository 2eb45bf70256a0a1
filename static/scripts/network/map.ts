// The network on the map: who lies where, and lines between those that are tied. An organization with several places is
// a ring at one of them with thin lines to the others, for a tie of it is none of one of them. Who has no place that may
// be told is in the graph and the tables alone.
import { draw_ground, maplibregl, mark_when_idle, colour } from "../map/ground";
import type { Choice } from "./choice";
import { many_ties, stands, tied_on, type Network } from "./data";
import { draw_marks, mark_of, shape_of } from "./marks";
import { copy_of } from "./paper";
import { place_nodes } from "./places";
import { count_shapes } from "./shapes";

export interface DrawnMap {
  at(day: string): void;
  /** As it stands. */
  copy(): HTMLCanvasElement;
}

export async function draw_network_map(container: HTMLElement, network: Network, choice: Choice, day: string): Promise<DrawnMap> {
  const placed = place_nodes(network);
  const bounds = new maplibregl.LngLatBounds();
  for (const { point, others } of placed.values()) for (const one of [point, ...others]) bounds.extend(one);
  const map = await draw_ground(container, bounds.isEmpty() ? { layer: container.dataset.layer } : { layer: container.dataset.layer, bounds });
  let now = day;
  let tied = tied_on(network, day);
  const lines = () => ({
    type: "FeatureCollection" as const,
    features: network.edges.flatMap((edge) => {
      const from = placed.get(edge.from);
      const to = placed.get(edge.to);
      return from && to && stands(edge, now)
        ? [{ type: "Feature" as const, properties: { chosen: edge.from === choice.chosen || edge.to === choice.chosen }, geometry: { type: "LineString" as const, coordinates: [from.point, to.point] } }]
        : [];
    }),
  });
  const points = () => ({
    type: "FeatureCollection" as const,
    features: [...placed.values()].map((one) => ({ one, state: { chosen: one.node.id === choice.chosen, untied: !tied.has(one.node.id) } })).map(({ one: { node, point, is_one_of_several }, state }) => ({
      type: "Feature" as const,
      properties: { id: node.id, several: is_one_of_several, ...state, mark: mark_of(node.kind, is_one_of_several, state) },
      geometry: { type: "Point" as const, coordinates: point },
    })),
  });
  /** From the mark of an organization to its other places. */
  const spokes = () => ({
    type: "FeatureCollection" as const,
    features: [...placed.values()].flatMap(({ node, point, others }) =>
      others.map((other) => ({
        type: "Feature" as const,
        properties: { chosen: node.id === choice.chosen, untied: !tied.has(node.id) },
        geometry: { type: "LineString" as const, coordinates: [point, other] },
      })),
    ),
  });
  const ends = {
    type: "FeatureCollection" as const,
    features: [...placed.values()].flatMap(({ others }) => others.map((other) => ({ type: "Feature" as const, properties: {}, geometry: { type: "Point" as const, coordinates: other } }))),
  };
  map.addSource("ties", { type: "geojson", data: lines() });
  map.addSource("nodes", { type: "geojson", data: points() });
  map.addSource("spokes", { type: "geojson", data: spokes() });
  map.addSource("ends", { type: "geojson", data: ends });
  const strong = colour(container, "--ink", "#24211c");
  const untied = colour(container, "--untied", "#aaa294");
  const accent = colour(container, "--accent", "#0b6470");
  const sheet = colour(container, "--sheet", "#ffffff");
  draw_marks(map, container);
  map.addLayer({ id: "spokes", type: "line", source: "spokes", paint: { "line-color": ["case", ["get", "untied"], untied, accent], "line-width": ["case", ["get", "chosen"], 2, 0.8], "line-dasharray": [1, 3] } });
  map.addLayer({ id: "ends", type: "circle", source: "ends", paint: { "circle-radius": 2.5, "circle-color": sheet, "circle-stroke-color": accent, "circle-stroke-width": 1 } });
  map.addLayer({ id: "ties", type: "line", source: "ties", paint: { "line-color": ["case", ["get", "chosen"], strong, colour(container, "--strong-line", "#8a8375")], "line-width": ["case", ["get", "chosen"], 3, 1.2] } });
  map.addLayer({
    id: "nodes",
    type: "symbol",
    source: "nodes",
    layout: {
      "icon-image": ["get", "mark"],
      // Hundreds would hide each other, and the ties, until one comes nearer.
      "icon-size": placed.size > 150 ? ["interpolate", ["linear"], ["zoom"], 10, 0.55, 14, 1] : 1,
      // All of them, whatever they cover; the chosen one over the others.
      "icon-allow-overlap": true,
      "icon-ignore-placement": true,
      "symbol-sort-key": ["case", ["get", "chosen"], 2, ["get", "untied"], 0, 1],
    },
  });
  if (network.edges.length > many_ties) {
    // As in the graph: thousands of lines would hide what they join, and lag behind the hand that moves the map.
    const show_lines = (opacity: maplibregl.DataDrivenPropertyValueSpecification<number>) => {
      for (const layer of ["ties", "spokes"]) {
        map.setPaintProperty(layer, "line-opacity-transition", { duration: 0 });
        map.setPaintProperty(layer, "line-opacity", opacity);
      }
    };
    const at_rest: maplibregl.ExpressionSpecification = ["case", ["get", "chosen"], 1, 0.4];
    show_lines(at_rest);
    map.on("movestart", () => show_lines(0));
    map.on("moveend", () => show_lines(at_rest));
  }
  /** What is drawn, in figures, for whoever cannot see it. */
  const tell = () => {
    const shown = points().features;
    container.dataset.untied = String(shown.filter(({ properties }) => properties.untied).length);
    container.dataset.several = String(shown.filter(({ properties }) => properties.several).length);
    container.dataset.shapes = count_shapes(shown.map(({ properties }) => shape_of(properties.mark)));
    container.dataset.spokes = String(ends.features.length);
    container.dataset.ties = String(lines().features.length);
  };
  tell();
  const draw = () => {
    (map.getSource("ties") as maplibregl.GeoJSONSource).setData(lines());
    (map.getSource("nodes") as maplibregl.GeoJSONSource).setData(points());
    (map.getSource("spokes") as maplibregl.GeoJSONSource).setData(spokes());
    tell();
  };
  map.on("click", (event) => {
    // As near as a finger hits; of several the nearest.
    const { x, y } = event.point;
    const around: [[number, number], [number, number]] = [[x - 18, y - 18], [x + 18, y + 18]];
    const hits = map.queryRenderedFeatures(around, { layers: ["nodes"] }).map(({ properties }) => properties.id as string);
    const away = (id: string) => {
      const point = map.project(placed.get(id)!.point);
      return Math.hypot(point.x - x, point.y - y);
    };
    hits.sort((a, b) => away(a) - away(b));
    choice.choose(hits[0] ?? null, container);
  });
  map.on("mousemove", "nodes", () => (map.getCanvas().style.cursor = "pointer"));
  map.on("mouseleave", "nodes", () => (map.getCanvas().style.cursor = ""));
  choice.on_change(() => {
    draw();
    const one = choice.chosen === null ? undefined : placed.get(choice.chosen);
    if (one && !choice.is_from(container) && !map.getBounds().contains(one.point)) map.panTo(one.point);
  });
  mark_when_idle(map, container);
  return {
    at(wanted) {
      now = wanted;
      tied = tied_on(network, wanted);
      draw();
    },
    copy() {
      map.redraw();
      return copy_of([map.getCanvas()], sheet);
    },
  };
}
