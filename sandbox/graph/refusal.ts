import type { Answer, ErrorDetail } from '../graph-answer.ts';
import { graphError } from '../graph-answer.ts';

/** Thrown inside a route to end it with an error answer; `answerGraph` turns it back into that answer. */
export class Refusal extends Error {
  readonly answer: Answer;

  constructor(answer: Answer) {
    super(`refused with ${answer.status}`);
    this.name = 'Refusal';
    this.answer = answer;
  }
}

export function refuse(
  status: number,
  code: string,
  message: string,
  more: { details?: ErrorDetail[]; headers?: Record<string, string> } = {},
): never {
  throw new Refusal(graphError(status, code, message, more));
}

export function refuseAsForbidden(): never {
  refuse(403, 'Authorization_RequestDenied', 'Insufficient privileges to complete the operation.');
}

export function refuseAsMissing(id: string): never {
  refuse(
    404,
    'Request_ResourceNotFound',
    `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`,
  );
}

/** The usual 400 of the directory for one property. */
export function refuseProperty(resource: string, property: string, code = 'InvalidValue'): never {
  const message = `Invalid value specified for property '${property}' of resource '${resource}'.`;
  refuse(400, 'Request_BadRequest', message, { details: [{ code, target: property, message }] });
}
