// Which node is looked at: one choice for the graph, the map and the tables.
export class Choice {
  chosen: string | null = null;
  #told: (() => void)[] = [];
  #source: Element | null = null;

  on_change(tell: () => void): void {
    this.#told.push(tell);
  }

  /** Whether the choice was made in this picture, which then need not move to show it. */
  is_from(element: Element): boolean {
    return this.#source === element;
  }

  choose(id: string | null, source: Element | null = null): void {
    this.#source = source;
    this.chosen = id === this.chosen ? null : id;
    for (const tell of this.#told) tell();
  }
}
