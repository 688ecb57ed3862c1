interface Decided {
  served: string[];
  notServed: Record<string, string>;
}

export function compare(
  declarations: string,
  decided: Decided,
): { missing: string[]; refused: string[]; gone: string[] };
