// What /api/v1/network answers, as far as it is drawn.
export interface NetworkNode {
  id: string;
  kind: "organization" | "site" | "forum" | "district" | "municipality";
  name: string;
  position: { coordinates: [number, number] } | null;
  /** Of an organization: where it runs something. */
  places: { position: { coordinates: [number, number] } | null }[];
}

export interface NetworkEdge {
  id: string;
  from: string;
  to: string;
  kind: string;
  /** The days on which it stands: its own and those of the meetings it ends at. */
  stands_from: string | null;
  stands_to: string | null;
}

export interface Network {
  nodes: NetworkNode[];
  edges: NetworkEdge[];
}

/** From here on a picture that moves is drawn without its ties. */
export const many_ties = 800;

export async function fetch_network(address: string): Promise<Network> {
  const answer = await fetch(address, { headers: { accept: "application/json" } });
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return (await answer.json()) as Network;
}

/** Whether a tie stands on a day: what nobody dates stands. Days are written YYYY-MM-DD, so that their text has their order. */
export const stands = (edge: NetworkEdge, day: string): boolean => (edge.stands_from ?? day) <= day && day <= (edge.stands_to ?? day);

/** Who has a tie on a day. */
export function tied_on(network: Network, day: string): Set<string> {
  return new Set(network.edges.flatMap((edge) => (stands(edge, day) ? [edge.from, edge.to] : [])));
}

export function day_after(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + 1);
  return date.toISOString().slice(0, 10);
}
