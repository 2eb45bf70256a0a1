// Node decodes CP932 but does not encode it: the table is the decoder turned round. Where a character has two codes the
// first one wins.

const table = (() => {
  const decoder = new TextDecoder('shift_jis', { fatal: false });
  const found = new Map();
  const learn = (bytes) => {
    const text = decoder.decode(Uint8Array.from(bytes));
    if ([...text].length === 1 && text !== '\ufffd' && !found.has(text)) found.set(text, bytes);
  };
  for (let byte = 0; byte < 0x80; byte += 1) found.set(String.fromCharCode(byte), [byte]);
  for (let byte = 0xa1; byte <= 0xdf; byte += 1) learn([byte]);
  for (let lead = 0x81; lead <= 0xfc; lead += 1) {
    // Half-width kana stand here; and what NEC chose from IBM's characters, Windows writes by IBM's codes.
    if ((lead >= 0xa0 && lead <= 0xdf) || lead === 0xed || lead === 0xee) continue;
    for (let trail = 0x40; trail <= 0xfc; trail += 1) {
      if (trail !== 0x7f) learn([lead, trail]);
    }
  }
  // Decoders differ in these six; Windows writes the full-width forms.
  for (const [text, trail] of [['～', 0x60], ['∥', 0x61], ['－', 0x7c], ['￠', 0x91], ['￡', 0x92], ['￢', 0xca]]) {
    found.set(text, [0x81, trail]);
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
