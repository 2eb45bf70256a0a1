// The network as a graph: who is tied to whom, wherever they are. What is chosen here is chosen on the map and in the
// tables too.
import Graph from "graphology";
import Sigma from "sigma";
import { EdgeArrowProgram, EdgeLineProgram } from "sigma/rendering";
import type { NodeDisplayData } from "sigma/types";
import { colorToArray } from "sigma/utils";
import { colour } from "../map/ground";
import type { Choice } from "./choice";
import { many_ties, stands, tied_on, type Network } from "./data";
import { Labels } from "./labels";
import type { Places } from "./layout";
import { copy_of } from "./paper";
import { shape_program } from "./shape_program";
import { count_shapes, kind_colours, shapes, type Shape } from "./shapes";

/** Drawn larger the more ties end there, by surface; all of them smaller where there are many, down to what can be seen. */
const size_of = (ties: number, nodes: number) => Math.max(2, (4.5 + 2.2 * Math.sqrt(ties)) * Math.min(1, Math.sqrt(300 / nodes)));

/** Up to here names keep clear of every node. */
const few_nodes = 200;

/** How far beside a node a pointer still hits it: a mouse, a finger. */
const near_enough = { mouse: 3, finger: 22 };

function lay_out_beside(network: Network): Promise<Places> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL("./network_layout.js", import.meta.url), { type: "module" });
    worker.addEventListener("message", (event: MessageEvent<Places>) => {
      worker.terminate();
      resolve(event.data);
    });
    worker.addEventListener("error", (event) => reject(new Error(event.message)));
    worker.postMessage({ nodes: network.nodes.map(({ id }) => id), edges: network.edges.map(({ from, to }) => [from, to]) });
  });
}

/** A name for where everybody stands, as far as an eye can tell (FNV-1a): the same network has the same one. */
function digest_of(places: Places): string {
  let hash = 0x811c9dc5;
  for (const id of Object.keys(places).sort()) {
    for (const character of `${id} ${places[id]!.x.toFixed(1)} ${places[id]!.y.toFixed(1)}\n`) hash = Math.imul(hash ^ character.codePointAt(0)!, 0x01000193);
  }
  return (hash >>> 0).toString(16);
}

export interface DrawnGraph {
  /** Shows the ties of a day. */
  at(day: string): void;
  /** As it stands, on its ground. */
  copy(): HTMLCanvasElement;
}

export async function draw_graph(container: HTMLElement, network: Network, choice: Choice, day: string): Promise<DrawnGraph> {
  const places = await lay_out_beside(network);
  const ties = new Map<string, number>();
  for (const { from, to } of network.edges) {
    ties.set(from, (ties.get(from) ?? 0) + 1);
    ties.set(to, (ties.get(to) ?? 0) + 1);
  }
  const graph = new Graph({ type: "directed", multi: true });
  for (const node of network.nodes) {
    const place = places[node.id];
    if (!place) continue;
    graph.addNode(node.id, { ...place, size: size_of(ties.get(node.id) ?? 0, network.nodes.length), label: node.name, shape: shapes[node.kind], color: colour(container, kind_colours[node.kind], "#0b6470") });
  }
  for (const edge of network.edges) {
    if (graph.hasNode(edge.from) && graph.hasNode(edge.to)) graph.addEdgeWithKey(edge.id, edge.from, edge.to, { size: 1.5 });
  }
  const edges = new Map(network.edges.map((edge) => [edge.id, edge]));
  // Then they are lines without heads, and neither they nor names are drawn while the picture moves.
  const are_many = graph.size > many_ties;
  let now = day;
  let tied = tied_on(network, day);
  /** Whoever is chosen and those beside it; nobody where nobody is. */
  let near = new Set<string>();
  const ink = colour(container, "--ink", "#24211c");
  const paper = colour(container, "--sheet", "#ffffff");
  const untied = colour(container, "--untied", "#aaa294");
  const quiet = colour(container, "--line", "#d9d3c6");
  const line = are_many ? quiet : colour(container, "--strong-line", "#8a8375");
  const [red, green, blue] = colorToArray(paper);
  const labels = new Labels({ font: getComputedStyle(container).fontFamily, ink, paper });

  const sigma = new Sigma(graph, container, {
    nodeProgramClasses: { shape: shape_program([red / 255, green / 255, blue / 255], graph.order > few_nodes ? 0.75 : 1.5) },
    defaultNodeType: "shape",
    edgeProgramClasses: { arrow: EdgeArrowProgram, line: EdgeLineProgram },
    defaultEdgeType: are_many ? "line" : "arrow",
    hideEdgesOnMove: are_many,
    hideLabelsOnMove: are_many,
    defaultDrawNodeLabel: labels.want,
    defaultDrawNodeHover: labels.point_out,
    // More than there will be room for; each gives way to a larger one.
    labelDensity: graph.order > few_nodes ? 1 : 4,
    labelRenderedSizeThreshold: graph.order > few_nodes ? 5 : 0,
    stagePadding: 36,
    minCameraRatio: 0.02,
    maxCameraRatio: 3,
    // A square that is turned is a diamond.
    enableCameraRotation: false,
    zIndex: true,
    // What sigma gives is a copy of its own, which may be written to.
    nodeReducer: (id, data) => {
      // Who has no tie on the day stays where it is, in grey.
      if (!tied.has(id)) data.color = untied;
      if (near.has(id)) Object.assign(data, { zIndex: 1, forceLabel: true, highlighted: id === choice.chosen });
      else if (near.size > 0) Object.assign(data, { color: quiet, label: "" });
      return data as Partial<NodeDisplayData>;
    },
    edgeReducer: (id, data) => {
      const touches = choice.chosen !== null && graph.hasExtremity(id, choice.chosen);
      data.hidden = !stands(edges.get(id)!, now);
      data.color = touches ? ink : near.size === 0 ? line : quiet;
      if (touches) Object.assign(data, { size: 2.5, type: "arrow", zIndex: 1 });
      return data;
    },
  });

  /** Where nodes stand, in sigma's own measure, which no move of the view changes. */
  const spots = graph.mapNodes((id) => {
    const { x, y, size } = sigma.getNodeDisplayData(id)!;
    return { id, x, y, size };
  });
  const kept_clear = graph.order > few_nodes ? [] : spots;
  sigma.on("beforeRender", () => labels.begin(sigma.getDimensions(), kept_clear.map((spot) => ({ ...sigma.framedGraphToViewport(spot), size: sigma.scaleSize(spot.size) }))));
  sigma.on("afterRender", () => labels.end());

  /** The node at a point of the picture, or the nearest not farther away than `reach`. */
  const nearest = (x: number, y: number, reach: number) => {
    const point = sigma.viewportToFramedGraph({ x, y });
    const beside = sigma.viewportToFramedGraph({ x: x + 1, y });
    const pixel = Math.hypot(beside.x - point.x, beside.y - point.y);
    const scale = sigma.scaleSize(1);
    let best: string | null = null;
    let least = reach;
    for (const spot of spots) {
      const distance = Math.hypot(spot.x - point.x, spot.y - point.y) / pixel - spot.size * scale;
      if (distance > least) continue;
      best = spot.id;
      least = distance;
    }
    return best;
  };
  // Sigma would draw every frame twice, and wait for the second to be drawn at each move of the mouse, to read from its
  // colours which node is where. To look among a few thousand places is a hundred times as fast.
  const mouse = sigma.getMouseCaptor();
  // While the picture is dragged nothing is pointed at.
  sigma["getNodeAtPosition"] = ({ x, y }: { x: number; y: number }) => (mouse.isMouseDown && mouse.draggedEvents > 0 ? null : nearest(x, y, near_enough.mouse));
  sigma["pickingLayers"].clear();

  sigma.on("clickNode", ({ node }) => choice.choose(node, container));
  // A finger is wider than most nodes.
  sigma.on("clickStage", ({ event: { x, y, original } }) => choice.choose(original instanceof MouseEvent ? null : nearest(x, y, near_enough.finger), container));
  choice.on_change(() => {
    const { chosen } = choice;
    near = new Set(chosen !== null && graph.hasNode(chosen) ? [chosen, ...graph.neighbors(chosen)] : []);
    // Asked before it is drawn anew: between the two its place is not known.
    const place = chosen === null ? undefined : sigma.getNodeDisplayData(chosen);
    const to = place && { x: place.x, y: place.y };
    sigma.refresh({ schedule: true });
    if (to && !choice.is_from(container)) void sigma.getCamera().animate(to, { duration: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 300 });
  });
  // The wheel belongs to the page unless Ctrl is held, as on maps.
  container.addEventListener("wheel", (event) => { if (!event.ctrlKey) event.stopImmediatePropagation(); }, { capture: true });
  for (const button of container.parentElement?.querySelectorAll<HTMLButtonElement>("[data-zoom]") ?? []) {
    button.hidden = false;
    button.addEventListener("click", () => void (button.dataset.zoom === "in" ? sigma.getCamera().animatedZoom() : button.dataset.zoom === "out" ? sigma.getCamera().animatedUnzoom() : sigma.getCamera().animatedReset()));
  }
  container.dataset.layout = digest_of(places);
  container.dataset.shapes = count_shapes(graph.mapNodes((_, { shape }) => shape as Shape));
  const tell = () => (container.dataset.untied = String(graph.filterNodes((id) => !tied.has(id)).length));
  tell();
  return {
    at(wanted) {
      now = wanted;
      tied = tied_on(network, wanted);
      tell();
      sigma.refresh({ schedule: true });
    },
    copy() {
      sigma.refresh();
      return copy_of(Object.values(sigma.getCanvases()), paper);
    },
  };
}
