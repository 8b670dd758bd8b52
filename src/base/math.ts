/*
 * Elementary functions with the same bits in every JavaScript engine: only +, -, *, / and Math.sqrt, which IEEE 754
 * fixes. (Math.sin and its like are left to each engine.) Arguments are reduced exactly, then a Taylor series is summed
 * that ends below half a unit in the last place (ulp).
 */

const largestAngle = 1e6;

/** pi / 2 in parts: three of 33 bits, whose products with a whole number below 2^20 are exact, and the rest. */
const halfPi = [1.5707963267341256, 6.077100506303966e-11, 2.0222662487111665e-21, 8.4784276603689e-32] as const;
const twoOverPi = 0.6366197723675814;

/** ln 2 in two parts: 33 bits, whose product with an exponent is exact, and the rest. */
const ln2High = 0.6931471804855391;
const ln2Low = 7.440617110012397e-11;

/** 1 / n!, at index n. */
const inverseFactorial: readonly number[] = Array.from({ length: 20 }, (_, n) => {
  let factorial = 1;
  for (let i = 2; i <= n; i++) factorial *= i;
  return 1 / factorial;
});
/** Highest order first, in r^2: (sin r - r) / r^3, and (cos r - 1 + r^2 / 2) / r^4; in r: (exp r - 1 - r) / r^2. */
const sineSeries = [17, 15, 13, 11, 9, 7, 5, 3].map((n) => (n % 4 === 3 ? -1 : 1) * inverseFactorial[n]!);
const cosineSeries = [18, 16, 14, 12, 10, 8, 6, 4].map((n) => (n % 4 === 2 ? -1 : 1) * inverseFactorial[n]!);
const exponentialSeries = [14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2].map((n) => inverseFactorial[n]!);
/** Highest order first, in s^2: (2 artanh s - 2 s) / s^3. */
const logarithmSeries = [21, 19, 17, 15, 13, 11, 9, 7, 5, 3].map((n) => 2 / n);

/**
 * Sine within 1 ulp. Range of x: |x| <= 1e6; NaN for what is not finite.
 * @throws RangeError if |x| is larger: the argument would need more bits of pi than are kept here.
 */
export function sin(x: number): number {
  if (Math.abs(x) < 2 ** -27) return x;
  const { quadrant, high, low } = reduceAngle(x);
  const value = quadrant % 2 === 0 ? sineNearZero(high, low) : cosineNearZero(high, low);
  return quadrant < 2 ? value : -value;
}

/**
 * Cosine within 1 ulp. Range of x: |x| <= 1e6; NaN for what is not finite.
 * @throws RangeError if |x| is larger: the argument would need more bits of pi than are kept here.
 */
export function cos(x: number): number {
  const { quadrant, high, low } = reduceAngle(x);
  const value = quadrant % 2 === 0 ? cosineNearZero(high, low) : sineNearZero(high, low);
  return quadrant === 1 || quadrant === 2 ? -value : value;
}

/** e^x within 1 ulp, for every x: 0 below -745.2, subnormal numbers included, Infinity above 709.8. */
export function exp(x: number): number {
  if (Number.isNaN(x)) return x;
  if (x > 709.8) return Infinity;
  if (x < -745.2) return 0;
  const k = Math.round(x * Math.LOG2E);
  // x = k ln 2 + high - low, with |high| <= ln(2) / 2.
  const high = x - k * ln2High;
  const low = k * ln2Low;
  const r = high - low;
  return scale(1 + (high + (r * r * horner(exponentialSeries, r) - low)), k);
}

/** Natural logarithm within 1 ulp, for every x: -Infinity at 0, NaN below. */
export function log(x: number): number {
  if (Number.isNaN(x) || x < 0) return Number.NaN;
  if (x === 0) return -Infinity;
  if (x === Infinity) return x;
  const { mantissa, exponent } = split(x);
  // With s = f / (2 + f): log(1 + f) = 2 artanh s = f - f^2 / 2 + s (f^2 / 2 + R), where R = (2 artanh s - 2 s) / s.
  const f = mantissa - 1;
  const s = f / (2 + f);
  const half = 0.5 * f * f;
  const rest = s * s * horner(logarithmSeries, s * s);
  return exponent * ln2High - (half - (s * (half + rest) + exponent * ln2Low) - f);
}

/** Hyperbolic tangent within 1 ulp, for every x. */
export function tanh(x: number): number {
  const size = Math.abs(x);
  if (size > 22) return x < 0 ? -1 : 1;
  if (size > 0.9) {
    const value = 1 - 2 / (exp(2 * size) + 1);
    return x < 0 ? -value : value;
  }
  // Lambert's continued fraction: tanh x = x / (1 + c), c = x^2 / (3 + x^2 / (5 + ...)).
  const square = x * x;
  let below = 21;
  for (let odd = 19; odd >= 3; odd -= 2) below = odd + square / below;
  const c = square / below;
  return x - (x * c) / (1 + c);
}

/**
 * x^n for a whole n by repeated squaring. Relative error: at most about |n| * 2^-53.
 * @throws RangeError if n is not a whole number
 */
export function powInt(x: number, n: number): number {
  if (!Number.isSafeInteger(n)) throw new RangeError(`powInt: expected a whole exponent, got ${n}`);
  if (n < 0) return 1 / powInt(x, -n);
  let result = 1;
  let square = x;
  for (let left = n; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) result *= square;
    square *= square;
  }
  return result;
}

interface ReducedAngle {
  readonly quadrant: number;
  readonly high: number;
  readonly low: number;
}

/** x = (4 j + quadrant) * pi/2 + high + low, |high| <= pi/4, exact to some 2^-99. */
function reduceAngle(x: number): ReducedAngle {
  if (Math.abs(x) > largestAngle && Number.isFinite(x)) {
    throw new RangeError(`sin, cos: expected |x| <= ${largestAngle}, got ${x}`);
  }
  const n = Math.round(x * twoOverPi);
  const first = x - n * halfPi[0];
  const second = first - n * halfPi[1];
  const third = second - n * halfPi[2];
  const lost = subtractionError(first, n * halfPi[1], second) + subtractionError(second, n * halfPi[2], third);
  const rest = lost - n * halfPi[3];
  const high = third + rest;
  return { quadrant: ((n % 4) + 4) % 4, high, low: subtractionError(third, -rest, high) };
}

/** What rounding took from difference = a - b (Knuth's two-sum, exact). */
function subtractionError(a: number, b: number, difference: number): number {
  const minus = difference - a;
  return a - (difference - minus) - (b + minus);
}

function sineNearZero(high: number, low: number): number {
  const square = high * high;
  return high + (square * high * horner(sineSeries, square) + low * (1 - 0.5 * square));
}

function cosineNearZero(high: number, low: number): number {
  const square = high * high;
  const half = 0.5 * square;
  const one = 1 - half;
  return one + (1 - one - half + (square * square * horner(cosineSeries, square) - high * low));
}

/** Polynomial with the highest order first. */
function horner(coefficients: readonly number[], x: number): number {
  let sum = 0;
  for (const coefficient of coefficients) sum = sum * x + coefficient;
  return sum;
}

const bits = new DataView(new ArrayBuffer(8));

/** x * 2^k, rounded once; k from -1100 to 1100. In two factors, as 2^k itself may be out of range. */
function scale(x: number, k: number): number {
  const half = Math.trunc(k / 2);
  return x * powerOfTwo(half) * powerOfTwo(k - half);
}

/** 2^k for |k| <= 1022. */
function powerOfTwo(k: number): number {
  bits.setUint32(0, (k + 1023) << 20);
  bits.setUint32(4, 0);
  return bits.getFloat64(0);
}

/** x = mantissa * 2^exponent for a positive finite x, mantissa in [sqrt(1/2), sqrt(2)). */
function split(x: number): { readonly mantissa: number; readonly exponent: number } {
  if (x < 2 ** -1022) {
    const { mantissa, exponent } = split(x * 0x40000000000000);
    return { mantissa, exponent: exponent - 54 };
  }
  bits.setFloat64(0, x);
  const top = bits.getUint32(0);
  bits.setUint32(0, (top & 0xfffff) | 0x3ff00000);
  const mantissa = bits.getFloat64(0);
  const exponent = (top >>> 20) - 1023;
  return mantissa >= Math.SQRT2 ? { mantissa: 0.5 * mantissa, exponent: exponent + 1 } : { mantissa, exponent };
}
