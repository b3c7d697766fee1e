/** Works `make` out once for each first argument; the others must follow from it. */
export function remember<K extends string | number, A extends unknown[], R>(
  make: (key: K, ...rest: A) => R,
): (key: K, ...rest: A) => R {
  const known = new Map<K, R>();
  return (key, ...rest) => {
    let value = known.get(key);
    if (value === undefined) {
      value = make(key, ...rest);
      known.set(key, value);
    }
    return value;
  };
}
