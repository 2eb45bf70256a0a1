// The network on the map: who lies where, and lines between those that are tied. An organization with several places is
// a ring at one of them with thin lines to the others, for a tie of it is none of one of them. Who has no place that may
// be told is in the graph and the tables alone.
import { draw_ground, maplibregl, mark_when_idle, colour } from "../map/ground";
import type { Choice } from "./choice";
import { signs, stands, tied_on, type Network } from "./data";
import { place_nodes } from "./places";

export interface DrawnMap {
  at(day: string): void;
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
    features: [...placed.values()].map(({ node, point, is_one_of_several }) => ({
      type: "Feature" as const,
      properties: { id: node.id, kind: node.kind, name: `${signs[node.kind]} ${node.name}`, chosen: node.id === choice.chosen, several: is_one_of_several, untied: !tied.has(node.id) },
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
  const quiet = colour(container, "--line", "#d9d3c6");
  const accent = colour(container, "--accent", "#0b6470");
  const sheet = colour(container, "--sheet", "#ffffff");
  const kind_colour: maplibregl.ExpressionSpecification = ["match", ["get", "kind"], "site", colour(container, "--good", "#1d6b34"), "forum", colour(container, "--unsure", "#7a4b00"), "organization", accent, colour(container, "--soft-ink", "#5a554b")];
  map.addLayer({ id: "spokes", type: "line", source: "spokes", paint: { "line-color": ["case", ["get", "untied"], quiet, accent], "line-width": ["case", ["get", "chosen"], 2, 0.8], "line-dasharray": [1, 3] } });
  map.addLayer({ id: "ends", type: "circle", source: "ends", paint: { "circle-radius": 2.5, "circle-color": sheet, "circle-stroke-color": accent, "circle-stroke-width": 1 } });
  map.addLayer({ id: "ties", type: "line", source: "ties", paint: { "line-color": ["case", ["get", "chosen"], strong, colour(container, "--strong-line", "#8a8375")], "line-width": ["case", ["get", "chosen"], 3, 1.2] } });
  map.addLayer({
    id: "nodes",
    type: "circle",
    source: "nodes",
    paint: {
      "circle-radius": ["case", ["get", "chosen"], 10, 6],
      "circle-color": ["case", ["get", "several"], sheet, ["get", "untied"], quiet, kind_colour],
      "circle-stroke-color": ["case", ["!", ["get", "several"]], sheet, ["get", "untied"], quiet, accent],
      "circle-stroke-width": ["case", ["get", "several"], 3, 2],
    },
  });
  /** What is drawn, in figures, for whoever cannot see it. */
  const tell = () => {
    const shown = points().features;
    container.dataset.untied = String(shown.filter(({ properties }) => properties.untied).length);
    container.dataset.several = String(shown.filter(({ properties }) => properties.several).length);
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
    // As near as a finger hits.
    const around: [[number, number], [number, number]] = [[event.point.x - 12, event.point.y - 12], [event.point.x + 12, event.point.y + 12]];
    const hit = map.queryRenderedFeatures(around, { layers: ["nodes"] })[0];
    choice.choose((hit?.properties.id as string | undefined) ?? null, container);
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
  };
}
