// Which node is looked at: one choice for the graph, the map and the tables.
export class Choice {
  chosen: string | null = null;
  #told: (() => void)[] = [];
  #source: Element | null = null;

  on_change(tell: () => void): void {
    this.#told.push(tell);
  }

  /** The picture in which the choice was made; none where it was made in a table or by the page's address. */
  get source(): Element | null {
    return this.#source;
  }

  /** Whether the choice was made in this picture, which then need not move to show it. */
  is_from(element: Element): boolean {
    return this.#source === element;
  }

  /** Chooses one, or nobody where it is chosen already. */
  choose(id: string | null, source: Element | null = null): void {
    this.#set(id === this.chosen ? null : id, source);
  }

  /** Chooses one, again where it is chosen already. */
  show(id: string): void {
    this.#set(id, null);
  }

  #set(id: string | null, source: Element | null): void {
    this.#source = source;
    this.chosen = id;
    for (const tell of this.#told) tell();
  }
}
