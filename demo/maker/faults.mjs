// The faults that are in the files on purpose, counted as they are made: the documents can then not be wrong about them.

export function make_fault_book() {
  const counts = new Map();
  return {
    /** One more fault of a kind in a file; `ja` and `en` name the kind. */
    note(file, ja, en) {
      const key = `${file}\n${ja}`;
      const entry = counts.get(key) ?? { file, ja, en, count: 0 };
      entry.count += 1;
      counts.set(key, entry);
    },
    entries: () => [...counts.values()],
  };
}
