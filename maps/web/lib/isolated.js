// Texts that cannot turn the text around them.

// Letters that run from right to left, and marks that turn the text after them round.
const TURNS = /[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc]/;

// Such a text between marks that end whatever it begins, so that it turns nothing but itself wherever it is put. Marks
// that would end ours are taken out.
/** @param {string} text */
export const isolated = (text) => (TURNS.test(text) ? `\u2068${text.replace(/[\u2066-\u2069]/g, "")}\u2069` : text);
