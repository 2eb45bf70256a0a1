// Where the nodes of a network are drawn on a map. A node with one place lies there. An organization that runs things at
// several places lies at none of them in particular: it is marked at the one in their midst, which is a place of its own
// and no invented point, and thin lines lead from there to its others.
import type { Network, NetworkNode } from "./data";

export type Point = [longitude: number, latitude: number];

export interface Placed {
  node: NetworkNode;
  point: Point;
  /** Its other places, where it has several. */
  others: Point[];
  /** Whether `point` stands for several places, or for one beside what is done at none. */
  is_one_of_several: boolean;
}

/** Near enough to compare by: a degree east is shorter than one north. */
function apart(a: Point, b: Point): number {
  return Math.hypot((a[0] - b[0]) * Math.cos((a[1] * Math.PI) / 180), a[1] - b[1]);
}

/** The one from which the others are nearest together; of several the first. */
export function in_the_midst(points: Point[]): number {
  const sums = points.map((from) => points.reduce((sum, to) => sum + apart(from, to), 0));
  return sums.indexOf(Math.min(...sums));
}

/** Nodes that may be drawn, by their ids; who has no place that may be told is left out. */
export function place_nodes(network: Network): Map<string, Placed> {
  const placed = new Map<string, Placed>();
  for (const node of network.nodes) {
    if (node.position) {
      placed.set(node.id, { node, point: node.position.coordinates, others: [], is_one_of_several: false });
      continue;
    }
    const points = node.places.flatMap(({ position }) => (position ? [position.coordinates] : []));
    if (points.length === 0) continue;
    const midst = in_the_midst(points);
    placed.set(node.id, { node, point: points[midst]!, others: points.filter((_, index) => index !== midst), is_one_of_several: true });
  }
  return placed;
}
