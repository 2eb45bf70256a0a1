// Node decodes CP932 but does not encode it: the table is the decoder turned round.

const table = (() => {
  const decoder = new TextDecoder('shift_jis', { fatal: false });
  const found = new Map();
  const learn = (bytes) => {
    const text = decoder.decode(Uint8Array.from(bytes));
    // The first code that gives a character wins, save that the JIS block (below 0xED) is what Windows writes.
    if ([...text].length === 1 && text !== '\ufffd' && !found.has(text)) found.set(text, bytes);
  };
  for (let byte = 0; byte < 0x80; byte += 1) found.set(String.fromCharCode(byte), [byte]);
  for (let byte = 0xa1; byte <= 0xdf; byte += 1) learn([byte]);
  for (let lead = 0x81; lead <= 0xfc; lead += 1) {
    if (lead >= 0xa0 && lead <= 0xdf) continue;
    for (let trail = 0x40; trail <= 0xfc; trail += 1) {
      if (trail !== 0x7f) learn([lead, trail]);
    }
  }
  return found;
})();

/** `text` as CP932 bytes; a character that CP932 lacks is a mistake of the maker. */
export function encode_cp932(text) {
  const bytes = [];
  for (const character of text) {
    const code = table.get(character);
    if (code === undefined) throw new Error(`CP932 has no ${JSON.stringify(character)}`);
    bytes.push(...code);
  }
  return Buffer.from(bytes);
}
