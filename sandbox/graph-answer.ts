/** What a route answers; the server adds request ids, and turns `body` into JSON. */
export interface Answer {
  status: number;
  headers?: Record<string, string>;
  body?: unknown;
}

/** One entry of `error.details`, for instance `ObjectConflict` on `userPrincipalName`. */
export interface ErrorDetail {
  code: string;
  target?: string;
  message?: string;
}

/**
 * A Graph error: https://learn.microsoft.com/graph/errors. The server fills `innerError` (date, request-id,
 * client-request-id) for every body that has an `error`, so routes need not know the ids.
 */
export function graphError(
  status: number,
  code: string,
  message: string,
  more: { details?: ErrorDetail[]; headers?: Record<string, string> } = {},
): Answer {
  return {
    status,
    ...(more.headers === undefined ? {} : { headers: more.headers }),
    body: { error: { code, message, ...(more.details === undefined ? {} : { details: more.details }) } },
  };
}
