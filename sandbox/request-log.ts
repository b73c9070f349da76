/** One call as the sandbox saw it; sign-in calls are kept without their query, which holds codes. */
export interface LoggedRequest {
  at: number;
  method: string;
  path: string;
  status: number | 'reset';
  requestId: string;
}

export interface RequestLog {
  add(entry: LoggedRequest): void;
  /** Oldest first. */
  list(): LoggedRequest[];
  clear(): void;
}

const kept = 500;

/** The last 500 calls, in memory. */
export function createRequestLog(): RequestLog {
  let entries: LoggedRequest[] = [];
  return {
    add(entry) {
      entries.push(entry);
      if (entries.length > kept) entries = entries.slice(-kept);
    },
    list: () => [...entries],
    clear() {
      entries = [];
    },
  };
}
