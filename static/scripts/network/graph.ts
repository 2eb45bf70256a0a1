// The network as a graph: who is tied to whom, wherever they are. What is chosen here is chosen on the map and in the
// tables too.
import Graph from "graphology";
import Sigma from "sigma";
import { colour } from "../map/ground";
import type { Choice } from "./choice";
import { signs, stands, tied_on, type Network, type NetworkNode } from "./data";
import type { Places } from "./layout";

/** Drawn larger the more ties end there, by surface. */
const size_of = (ties: number) => 4 + 2.2 * Math.sqrt(ties);

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

const kind_colours: Record<NetworkNode["kind"], string> = { organization: "--accent", site: "--good", forum: "--unsure", district: "--soft-ink", municipality: "--soft-ink" };

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
    if (place) graph.addNode(node.id, { ...place, size: size_of(ties.get(node.id) ?? 0), label: `${signs[node.kind]} ${node.name}`, color: colour(container, kind_colours[node.kind], "#0b6470") });
  }
  for (const edge of network.edges) {
    if (graph.hasNode(edge.from) && graph.hasNode(edge.to)) graph.addEdgeWithKey(edge.id, edge.from, edge.to, { size: 1.5 });
  }
  const edges = new Map(network.edges.map((edge) => [edge.id, edge]));
  let now = day;
  let tied = tied_on(network, day);
  const quiet = colour(container, "--line", "#d9d3c6");
  const line = colour(container, "--strong-line", "#8a8375");
  const strong = colour(container, "--ink", "#24211c");
  const is_here = (edge: string) => stands(edges.get(edge)!, now);

  const sigma = new Sigma(graph, container, {
    defaultEdgeType: "arrow",
    labelFont: getComputedStyle(container).fontFamily,
    labelSize: 13,
    labelColor: { color: strong },
    labelDensity: 0.7,
    labelRenderedSizeThreshold: 5,
    minCameraRatio: 0.05,
    maxCameraRatio: 3,
    zIndex: true,
    // A page that scrolls is not to be caught by a picture: it is moved by dragging and by its buttons.
    enableCameraZooming: true,
    nodeReducer: (id, data) => {
      const { chosen } = choice;
      // Who has no tie on the day stays where it is, in grey.
      const shown = tied.has(id) ? data : { ...data, color: quiet };
      if (chosen === null) return shown;
      const near = id === chosen || graph.areNeighbors(id, chosen);
      return near ? { ...shown, zIndex: 1, forceLabel: true, highlighted: id === chosen } : { ...data, color: quiet, label: "" };
    },
    edgeReducer: (id, data) => {
      if (!is_here(id)) return { ...data, hidden: true };
      const { chosen } = choice;
      const touches = chosen !== null && graph.hasExtremity(id, chosen);
      return { ...data, color: touches ? strong : chosen === null ? line : quiet, size: touches ? 2.5 : 1.5 };
    },
  });
  sigma.on("clickNode", ({ node }) => choice.choose(node, container));
  sigma.on("clickStage", () => choice.choose(null, container));
  choice.on_change(() => {
    sigma.refresh({ skipIndexation: true });
    const place = choice.chosen === null ? undefined : sigma.getNodeDisplayData(choice.chosen);
    if (place && !choice.is_from(container)) void sigma.getCamera().animate({ x: place.x, y: place.y }, { duration: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 300 });
  });
  // The wheel belongs to the page unless Ctrl is held, as on maps.
  container.addEventListener("wheel", (event) => { if (!event.ctrlKey) event.stopImmediatePropagation(); }, { capture: true });
  for (const button of container.parentElement?.querySelectorAll<HTMLButtonElement>("[data-zoom]") ?? []) {
    button.hidden = false;
    button.addEventListener("click", () => void (button.dataset.zoom === "in" ? sigma.getCamera().animatedZoom() : button.dataset.zoom === "out" ? sigma.getCamera().animatedUnzoom() : sigma.getCamera().animatedReset()));
  }
  container.dataset.layout = digest_of(places);
  const tell = () => (container.dataset.untied = String(graph.filterNodes((id) => !tied.has(id)).length));
  tell();
  return {
    at(wanted) {
      now = wanted;
      tied = tied_on(network, wanted);
      tell();
      sigma.refresh({ skipIndexation: true });
    },
  };
}
