// Comma-separated rows as offices write them: quotes only where needed, CRLF at the end of a line.

export function csv_cell(value) {
  const text = String(value ?? '');
  return /[",\r\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export function csv_line(cells) {
  return `${cells.map(csv_cell).join(',')}\r\n`;
}
