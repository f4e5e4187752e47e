// Whole numbers and frames as maps/embed.py and maps/frames.py pack them.

// Zigzag variable-length integers (maps/embed.py: varints).
/** @param {Uint8Array} bytes */
export const varints = (bytes) => {
  let count = 0;
  for (const byte of bytes) count += byte < 128 ? 1 : 0;
  const out = new Float64Array(count);
  for (let at = 0, number = 0; number < count; number++) {
    let value = 0,
      scale = 1,
      byte;
    do {
      byte = bytes[at++];
      value += (byte & 127) * scale;
      scale *= 128;
    } while (byte > 127);
    out[number] = value % 2 ? -(value + 1) / 2 : value / 2;
  }
  return out;
};

/** @param {ArrayLike<number>} steps */
export const cumulated = (steps) => {
  const out = new Int32Array(steps.length);
  let sum = 0;
  for (let i = 0; i < steps.length; i++) out[i] = sum += steps[i];
  return out;
};

export const SHARE_OF_CODE = Float32Array.from({ length: 256 }, (_, code) => (code / 255) ** 2);

// bytes: each cell's changes from time to time, cell after cell. Returns one Uint8Array per time.
/**
 * @param {Uint8Array} bytes
 * @param {number} times
 */
export const decodeFrames = (bytes, times) => {
  const cells = bytes.length / times;
  const all = new Uint8Array(bytes.length);
  for (let cell = 0, at = 0; cell < cells; cell++) {
    let code = 0;
    for (let time = 0; time < times; time++) {
      code = (code + bytes[at++]) & 255;
      all[time * cells + cell] = code;
    }
  }
  return Array.from({ length: times }, (_, time) => all.subarray(time * cells, (time + 1) * cells));
};
