// Where the nodes of a network stand. The same network stands the same way each time: nothing is left to chance, and
// whoever comes later takes a place beside those it is tied to while the others stay where they are.
import Graph from "graphology";
import forceAtlas2 from "graphology-layout-forceatlas2";

export interface Tied {
  nodes: string[];
  edges: [string, string][];
}

export type Places = Record<string, { x: number; y: number }>;

/** A sunflower's seeds: even, without a pattern that forces could get caught in, and the same for the same order. */
function seed(index: number): { x: number; y: number } {
  const turn = Math.PI * (3 - Math.sqrt(5));
  const radius = Math.sqrt(index + 0.5);
  return { x: radius * Math.cos(index * turn), y: radius * Math.sin(index * turn) };
}

/** The more there are, the fewer rounds: a thousand nodes find their places in a second. */
const rounds = (nodes: number) => Math.round(Math.max(60, Math.min(400, 400_000 / Math.max(nodes, 1))));

export function lay_out({ nodes, edges }: Tied): Places {
  const graph = new Graph({ type: "undirected", multi: false });
  // By their names for the machine, not in the order in which they came.
  [...nodes].sort().forEach((id, index) => graph.addNode(id, seed(index)));
  for (const [from, to] of edges) {
    if (from !== to && graph.hasNode(from) && graph.hasNode(to) && !graph.hasEdge(from, to)) graph.addEdge(from, to);
  }
  if (graph.order > 1) {
    // Of thousands those far away are taken together sooner: half the time, and no eye sees it.
    // Drawn to the middle the harder the farther away: who is tied to nobody else would fly off, and the rest be a dot.
    const settings = { ...forceAtlas2.inferSettings(graph), barnesHutOptimize: graph.order > 500, barnesHutTheta: graph.order > 1000 ? 1.2 : 0.5, adjustSizes: false, strongGravityMode: true, gravity: 0.05, scalingRatio: 4, slowDown: 2 };
    forceAtlas2.assign(graph, { iterations: rounds(graph.order), settings });
  }
  const places: Places = {};
  graph.forEachNode((id, { x, y }) => {
    places[id] = { x: x as number, y: y as number };
  });
  return places;
}
