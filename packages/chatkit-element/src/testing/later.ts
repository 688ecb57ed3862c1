/** A promise whose outcome the test decides later. */
export function later<T = object>() {
  let resolve: (value: T) => void = () => {};
  let reject: (error: unknown) => void = () => {};
  const promise = new Promise<T>((...outcome) => {
    [resolve, reject] = outcome;
  });
  return { promise, resolve, reject };
}
