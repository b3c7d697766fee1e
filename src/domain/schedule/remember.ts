/** Works `make` out once for each first argument; the others must follow from it. */
export function remember<A extends unknown[], R>(make: (key: string, ...rest: A) => R): (key: string, ...rest: A) => R {
  const known = new Map<string, R>();
  return (key, ...rest) => {
    let value = known.get(key);
    if (value === undefined) {
      value = make(key, ...rest);
      known.set(key, value);
    }
    return value;
  };
}
