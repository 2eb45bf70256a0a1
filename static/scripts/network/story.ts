// The story of whoever is chosen beside the pictures, for eyes and ears: who it is, with whom it is tied on the day shown,
// where all of it is told, and the way back to the picture.
import type { Choice } from "./choice";
import { stands, type Network, type NetworkEdge } from "./data";

/** More than one reads beside a picture; the server tells as many. */
const most_told = 10;

/** Where the pictures stand one below the other, as in network.css. */
const one_column = "(max-width: 60rem)";

export class Story {
  readonly #root: HTMLElement;
  readonly #network: Network;
  readonly #choice: Choice;
  readonly #section: HTMLElement;
  readonly #nodes: Map<string, Network["nodes"][number]>;
  #day: string;

  constructor(root: HTMLElement, network: Network, choice: Choice, day: string) {
    this.#root = root;
    this.#network = network;
    this.#choice = choice;
    this.#section = root.querySelector<HTMLElement>("[data-network-story]")!;
    this.#nodes = new Map(network.nodes.map((node) => [node.id, node]));
    this.#day = day;
    choice.on_change(() => {
      // Whom the address asked for in vain, nobody asks for any more.
      for (const notice of root.querySelectorAll<HTMLElement>("[data-story-missing]")) notice.hidden = true;
      this.#write();
    });
  }

  /** Whom the page's address chooses; nobody who is not in the pictures. */
  get asked(): string | null {
    const asked = this.#section.dataset.chosen ?? "";
    return this.#nodes.has(asked) ? asked : null;
  }

  at(day: string): void {
    this.#day = day;
    this.#write();
  }

  /** Brings whoever has chosen to the story: a screen reader reads its heading then. */
  land(): void {
    const heading = this.#part("h3");
    heading.focus({ preventScroll: true });
    if (matchMedia(one_column).matches) this.#section.scrollIntoView({ block: "start" });
    // Beside each other the pictures stay in sight as far as they can: what was clicked does not move without need.
    else if (this.#choice.source) heading.scrollIntoView({ block: "nearest" });
    else this.#section.scrollIntoView({ block: "end" });
  }

  #part<T extends HTMLElement = HTMLElement>(selector: string): T {
    return this.#section.querySelector<T>(selector)!;
  }

  #address_of(id: string): string {
    return this.#section.dataset.href!.replace("NODE", encodeURIComponent(id));
  }

  #write(): void {
    const node = this.#nodes.get(this.#choice.chosen ?? "");
    this.#section.hidden = node === undefined;
    if (!node) return;
    this.#part("[data-story-name]").textContent = node.name;
    // The sign and the words of its kind are those of the legend.
    const kind = this.#root.querySelector(`[data-party="${node.kind}"]`)!;
    this.#part("[data-story-kind]").replaceChildren(...[...kind.childNodes].map((child) => child.cloneNode(true)));
    const ties = this.#ties_of(node.id);
    this.#part("[data-story-ties]").replaceChildren(...ties.slice(0, most_told).map((edge) => this.#tie_of(node.id, edge)));
    this.#part("[data-story-untied]").hidden = ties.length > 0;
    const more = this.#part("[data-story-more]");
    more.hidden = ties.length <= most_told;
    more.textContent = more.dataset.words!.replace("COUNT", String(ties.length - most_told));
    this.#part<HTMLAnchorElement>("[data-story-whole]").href = this.#address_of(node.id);
    // Back to the picture it was chosen in; from a table to the first.
    const source = this.#choice.source?.closest("figure");
    this.#part<HTMLAnchorElement>("[data-story-back]").href = `#${source?.id ?? "graph-picture"}`;
  }

  /** On the day, each once: what is entrusted under several contracts is entrusted. */
  #ties_of(id: string): NetworkEdge[] {
    const ties = new Map<string, NetworkEdge>();
    for (const edge of this.#network.edges) {
      if (edge.from !== id && edge.to !== id) continue;
      const name = `${edge.kind} ${edge.from} ${edge.to}`;
      if (stands(edge, this.#day) && !ties.has(name)) ties.set(name, edge);
    }
    return [...ties.values()];
  }

  /** A tie as the one it is told of says it, and who is at its other end. */
  #tie_of(id: string, edge: NetworkEdge): HTMLElement {
    const begins = edge.from === id;
    const words = this.#root.querySelector<HTMLTemplateElement>("[data-tie-words]")!.content.querySelector(`[data-${begins ? "from" : "to"}="${edge.kind}"]`);
    const other = begins ? edge.to : edge.from;
    const link = document.createElement("a");
    link.href = this.#address_of(other);
    link.textContent = this.#nodes.get(other)?.name ?? other;
    const line = document.createElement("li");
    if (words) line.append(words.cloneNode(true), " ");
    line.append(link);
    return line;
  }
}
