// Names and codes of the invented municipalities. No prefecture has the number 99.

export const k_prefecture = '標県';

/** Five-digit codes (JIS X 0402 order of digits) with the names the lists use. */
export const k_municipalities = {
  99201: { name: '潮見野市', county: '' },
  99341: { name: '沖ノ浜町', county: '磯辺郡' },
};

/**
 * The six-digit form of a municipality code: the five digits weighed 6, 5, 4, 3, 2; 11 less the remainder by 11, last
 * digit (総務省「全国地方公共団体コード仕様」).
 */
export function with_check_digit(code) {
  const sum = [...code].reduce((total, digit, i) => total + Number(digit) * (6 - i), 0);
  return `${code}${(11 - (sum % 11)) % 10}`;
}

const k_kanji_digits = '〇一二三四五六七八九';

/** 1 to 19 as 丁目 numbers are written in gazetteers. */
export function kanji_number(number) {
  const tens = number >= 10 ? '十' : '';
  return tens + (number % 10 === 0 ? '' : k_kanji_digits[number % 10]);
}

/** "3-1" in full-width digits. */
export function full_width(text) {
  return text.replace(/[0-9]/gu, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)).replaceAll('-', '－');
}
